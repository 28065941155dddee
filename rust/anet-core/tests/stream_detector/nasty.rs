//! Streams that are meant to be nasty: ties, constants, what is missing, huge or tiny, and what changes its mind.

use crate::series::{Random, season};

/// Name and rows of every kind.
pub(crate) fn streams(seed: u64) -> Vec<(&'static str, Vec<f64>)> {
    let random = || Random::new(seed);
    let noise = |count| random().normals(count);
    let each = |count: usize, value: fn(usize, f64) -> f64| -> Vec<f64> {
        noise(count).into_iter().enumerate().map(|(t, x)| value(t, x)).collect()
    };
    vec![
        ("nothing", Vec::new()),
        ("one sample", vec![3.0]),
        ("shorter than the warm-up", noise(63)),
        ("just as long", noise(65)),
        ("noise", noise(4000)),
        ("ties", each(3000, |_, x| (2.0 * x).round() / 2.0)),
        ("a constant", vec![0.1; 1500]),
        ("a constant, then another", each(3000, |t, _| if t < 1000 { 5.0 } else { -2.0 })),
        ("on and off", each(3000, |_, x| f64::from(x > 1.0))),
        ("wakes up", each(3000, |t, x| if t < 700 { 7.0 } else { 1e6 * x })),
        ("falls asleep", each(3000, |t, x| if t < 900 { x } else { 1e-9 * x })),
        ("level shifts", each(4000, |t, x| 8.0 * (t / 500 % 3) as f64 + x)),
        ("a walk", walk(noise(4000))),
        ("spikes", each(5000, |t, x| if t % 97 == 0 { 40.0 + 5.0 * x } else { 0.1 * x })),
        ("spikes from nothing", each(4000, |t, x| if t % 83 == 5 { 1.0 + x.abs() } else { 0.0 })),
        ("heavy tails", each(4000, |_, x| x / (0.05 + x.sin().abs()).powi(2))),
        ("huge", each(2500, |t, x| if t % 401 == 7 { 1e308 * x } else { x })),
        ("tiny", each(2500, |t, x| if t == 1800 { 3e-29 } else { 1e-30 * x })),
        ("tiny about something huge", each(2500, |_, x| 1e12 + x)),
        ("subnormal", each(1500, |_, x| 1e-310 * x)),
        ("a fill value", each(3000, |t, x| if t == 2000 { 1e20 } else { x })),
        ("a fill value at first", each(2000, |t, x| if t < 2 { -1e9 } else { x })),
        ("missing here and there", each(3000, |t, x| if t * t % 11 == 3 { f64::NAN } else { x })),
        ("missing half of the time", each(3000, |_, x| if x > 0.0 { f64::INFINITY } else { x })),
        ("missing at first", each(1500, |t, x| if t < 40 { f64::NAN } else { x })),
        ("nothing but missing", vec![f64::NAN; 200]),
        ("season of 24", season(seed, 3000, 24, 0.1)),
        ("season of 50 with gaps", gaps(season(seed, 4000, 50, 0.05))),
        ("season of 288 with gaps", gaps(season(seed, 6000, 288, 0.2))),
        ("a shifting season of 288", shifting(season(seed, 9000, 288, 0.2))),
    ]
}

fn walk(steps: Vec<f64>) -> Vec<f64> {
    steps.into_iter().scan(0.0, |level, step| Some(std::mem::replace(level, *level + step))).collect()
}

/// Runs of 1, 2, 3, ... missing rows.
pub(crate) fn gaps(mut rows: Vec<f64>) -> Vec<f64> {
    for (count, first) in (700..rows.len()).step_by(331).enumerate() {
        let last = (first + count + 1).min(rows.len());
        rows[first..last].fill(f64::NAN);
    }
    rows
}

/// Moves for good by three deviations of its noise.
pub(crate) fn shifting(mut rows: Vec<f64>) -> Vec<f64> {
    rows[7000..].iter_mut().for_each(|x| *x += 0.6);
    rows
}

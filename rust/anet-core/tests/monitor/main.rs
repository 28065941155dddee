//! The monitor against a twin without recurrences, on random runs, and what its state promises.

mod decision;
mod fields;
mod runs;
mod state;
mod twin;

use anet_core::monitor::{FalseAlarms, Memory, Monitor, Score};

use runs::Run;

#[test]
fn scores_equal_the_twin_on_random_runs() {
    for seed in 0..40 {
        let run = Run::random(seed, 420);
        let mut monitor = monitor(1.0, Memory::None);
        let known = twin::scores(&run);
        for (at, row) in run.rows.iter().enumerate() {
            run.step(&mut monitor, at, row);
            for score in Score::ALL {
                let got = monitor.board().score(score);
                let wanted = known[at][score as usize];
                let close = got.zip(wanted).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
                assert!(
                    got.is_some() == wanted.is_some() && close,
                    "seed {seed} row {at} {}: got {got:?}, wanted {wanted:?}",
                    score.name()
                );
            }
        }
    }
}

#[test]
fn decisions_equal_the_twin_on_random_runs() {
    let mut alarmed = [0; Score::COUNT];
    for seed in 0..40 {
        for memory in [Memory::None, Memory::Kept] {
            let run = Run::random(seed, 420);
            let mut monitor = monitor(3.0, memory);
            let known = decision::judge(&run, &twin::scores(&run), 3.0, memory);
            for (at, row) in run.rows.iter().enumerate() {
                run.step(&mut monitor, at, row);
                let alarms: Vec<Score> = monitor.alarms().iter().map(|alarm| alarm.score).collect();
                alarms.iter().for_each(|&score| alarmed[score as usize] += 1);
                let got = (alarms, monitor.status());
                assert_eq!(got, known[at], "seed {seed}, {memory:?}, row {at}");
            }
        }
    }
    assert!(alarmed[..18].iter().all(|&alarms| alarms > 0), "every score must ring somewhere: {alarmed:?}");
}

fn monitor(rate: f64, memory: Memory) -> Monitor {
    Monitor::new(FalseAlarms::per_10k(rate).expect("in the domain"), memory)
}

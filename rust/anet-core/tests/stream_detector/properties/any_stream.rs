//! Streams of any kind.

use proptest::prelude::*;

/// Waves, noise, counts, steps, a stream that wakes up, spikes of any size, and what overflows when squared.
pub(super) fn series(longest: usize) -> impl Strategy<Value = Vec<f64>> {
    let kind = 0..7_u8;
    (kind, any::<u64>(), 2..80_usize, 60..longest).prop_map(|(kind, seed, period, length)| {
        let mut state = seed | 1;
        let mut random = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        let value = |t: usize| {
            let (noise, phase) = (random(), t % period);
            match kind {
                0 => (phase as f64 / period as f64 * std::f64::consts::TAU).sin() + 0.1 * noise,
                1 => noise,
                2 => (4.0 * noise).round(),
                3 => (t / period) as f64 * 5.0 + noise,
                4 => {
                    if t < 3 * period {
                        7.0
                    } else {
                        1e6 * noise
                    }
                }
                5 => {
                    if phase == 0 {
                        1e9 * noise
                    } else {
                        noise
                    }
                }
                _ => {
                    if phase == 1 {
                        1e160 * noise
                    } else {
                        1e-12 * noise
                    }
                }
            }
        };
        (0..length).map(value).collect()
    })
}

/// What came, with samples missing and numbers that no one should measure.
pub(super) fn broken(longest: usize) -> impl Strategy<Value = Vec<f64>> {
    let odd = prop::sample::select(vec![f64::NAN, f64::INFINITY, 1e300, -1e300, 0.0, 5e-324, 1e9]);
    let breaks = prop::collection::vec((any::<prop::sample::Index>(), 1..200_usize, odd), 0..5);
    (series(longest), breaks).prop_map(|(mut xs, breaks)| {
        for (place, length, odd) in breaks {
            let first = place.index(xs.len());
            let last = (first + length).min(xs.len());
            xs[first..last].fill(odd);
        }
        xs
    })
}

//! The stream detector against its naive twin, on series that are meant to be nasty.

mod naive;

use anet_core::params::Seed;
use anet_core::state::State;
use anet_core::{Detection, DetectorOptions, DetectorSettings, StreamDetector};
use anet_simd::Level;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::runner::runner;

/// Waves, noise, counts, steps, a stream that wakes up, spikes of any size, and what overflows when squared.
fn series(longest: usize) -> impl Strategy<Value = Vec<f64>> {
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

fn settings(seed: &str, long: bool, adaptive_threshold: bool) -> DetectorSettings {
    let seed = Seed::try_from(seed).expect("a short seed");
    let options = DetectorOptions { tokens: true, long, adaptive_threshold };
    DetectorSettings { seed, options, ..DetectorSettings::default() }
}

fn detections(detector: &mut StreamDetector, xs: &[f64]) -> Vec<Detection> {
    xs.iter().map(|&x| detector.push(&[x]).expect("one channel")).collect()
}

fn near(got: f64, want: f64, tolerance: f64) -> bool {
    (got - want).abs() <= tolerance * want.abs().max(1.0)
}

#[test]
fn equals_its_naive_twin() {
    let cases = (series(700), "[a-z]{0,6}", any::<bool>(), any::<bool>());
    runner(24)
        .run(&cases, |(xs, seed, long, adaptive)| agree(&xs, &seed, long, adaptive))
        .expect("agreement");
}

fn agree(xs: &[f64], seed: &str, long: bool, adaptive: bool) -> Result<(), TestCaseError> {
    let mut detector = StreamDetector::new(settings(seed, long, adaptive));
    let xs: Vec<f64> = xs.iter().map(|x| x.clamp(-1e150, 1e150)).collect();
    for (t, (got, want)) in
        detections(&mut detector, &xs).iter().zip(naive::detect(seed, &xs, long, adaptive)).enumerate()
    {
        prop_assert!(near(got.score, want.score, 1e-8), "score at {t}: {} for {}", got.score, want.score);
        let parts = got.parts.iter().zip(want.parts);
        prop_assert!(
            parts.clone().all(|(got, want)| near(*got, want, 1e-8)),
            "parts at {t}: {:?}",
            parts.collect::<Vec<_>>()
        );
        let p = (got.p_value.ln() - want.p_value.ln()).abs();
        prop_assert!(
            p <= 1e-7 * want.p_value.ln().abs().max(1.0),
            "p at {t}: {} for {}",
            got.p_value,
            want.p_value
        );
    }
    Ok(())
}

#[test]
fn gives_the_same_bits_on_every_level() {
    let same = |xs: Vec<f64>| {
        let bits = |level| {
            let mut detector = StreamDetector::on(level, DetectorSettings::default());
            let numbers = |found: &Detection| [found.score.to_bits(), found.p_value.to_bits()];
            let bits: Vec<_> = detections(&mut detector, &xs).iter().map(numbers).collect();
            (bits, detector.to_bytes())
        };
        let mut all = Level::all_supported().into_iter().map(bits);
        let first = all.next().expect("the portable one");
        prop_assert!(all.all(|other| other == first));
        Ok(())
    };
    runner(24).run(&series(3000), same).expect("the same bits");
}

#[test]
fn goes_on_from_its_bytes_as_if_nothing_had_happened() {
    let cases = (series(3000), 0.0..1.0_f64, any::<[bool; 3]>());
    let same = |(xs, share, [tokens, long, adaptive_threshold]): (Vec<f64>, f64, [bool; 3])| {
        let options = DetectorOptions { tokens, long, adaptive_threshold };
        let settings = DetectorSettings { options, ..DetectorSettings::default() };
        let (before, after) = xs.split_at((share * xs.len() as f64) as usize);
        let mut whole = StreamDetector::new(settings);
        detections(&mut whole, before);
        let mut restored = StreamDetector::from_bytes(&whole.to_bytes()).expect("what was saved can be read");
        prop_assert_eq!(restored.to_bytes(), whole.to_bytes());
        prop_assert_eq!(detections(&mut restored, after), detections(&mut whole, after));
        prop_assert_eq!(restored.to_bytes(), whole.to_bytes());
        Ok(())
    };
    runner(24).run(&cases, same).expect("the same detections");
}

#[test]
fn no_byte_can_be_changed_unnoticed_and_no_bytes_make_it_panic() {
    let mut detector = StreamDetector::new(settings("x", true, true));
    detections(&mut detector, &(0..300).map(|t| f64::from(t % 7)).collect::<Vec<_>>());
    let bytes = detector.to_bytes();
    let harmless = |(place, value): (prop::sample::Index, u8)| {
        let mut changed = bytes.clone();
        let place = place.index(bytes.len());
        changed[place] ^= value.max(1);
        prop_assert!(StreamDetector::from_bytes(&changed).is_err());
        // Behind a right checksum anything may stand: it is refused, or can be pushed into.
        let content = changed.len() - 4;
        let checksum = crc32fast::hash(&changed[..content]).to_le_bytes();
        changed[content..].copy_from_slice(&checksum);
        if let Ok(mut survivor) = StreamDetector::from_bytes(&changed) {
            (0..200).for_each(|t| drop(survivor.push(&vec![f64::from(t % 5); survivor.channels().len()])));
        }
        Ok(())
    };
    runner(400).run(&any::<(prop::sample::Index, u8)>(), harmless).expect("no panic");
}

/// What came, with samples missing and numbers that no one should measure.
fn broken(longest: usize) -> impl Strategy<Value = Vec<f64>> {
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

#[test]
fn explains_whatever_came() {
    let cases = (broken(2600), prop::option::of(0..3000_u64));
    let sound = |(xs, since): (Vec<f64>, Option<u64>)| {
        let mut detector = StreamDetector::new(DetectorSettings::default());
        detections(&mut detector, &xs);
        let found = detector.explain(None, since).expect("one channel");
        prop_assert_eq!(
            StreamDetector::from_bytes(&detector.to_bytes()).unwrap().explain(None, since).is_ok(),
            true
        );
        let Some(event) = found.event else { return Ok(()) };
        prop_assert!(event.length >= 1 && event.length <= event.since + 1, "{event:?}");
        prop_assert!(event.since < xs.len() as u64 && event.age <= event.since.max(1), "{event:?}");
        prop_assert!(event.usual.0 <= event.usual.1 || event.usual.0.is_nan(), "{event:?}");
        prop_assert!(event.similar.is_none_or(|similar| similar.age > event.age), "{event:?}");
        Ok(())
    };
    runner(200).run(&cases, sound).expect("a sound event");
}

#[test]
fn the_ends_of_the_quiet_range_are_quiet_and_what_lies_next_to_them_is_not() {
    let cases = (broken(1200), prop::sample::select(vec![1e-4, 1e-2, 0.3]));
    let exact = |(xs, threshold): (Vec<f64>, f64)| {
        let mut detector = StreamDetector::new(DetectorSettings::default());
        detections(&mut detector, &xs);
        let p_value = |x: f64| detector.peek(&[x]).expect("one channel").p_value;
        let (low, high) = detector.quiet_range(threshold, 0).expect("one channel");
        prop_assert!(low.is_nan() == high.is_nan());
        for (end, next) in [(low, low.next_down()), (high, high.next_up())] {
            prop_assert!(
                !end.is_finite() || (p_value(end) > threshold && p_value(next) <= threshold),
                "{end}"
            );
        }
        Ok(())
    };
    runner(24).run(&cases, exact).expect("exact ends");
}

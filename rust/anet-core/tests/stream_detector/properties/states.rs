//! A state holds everything, and no state makes the detector panic.

use anet_core::state::State;
use anet_core::{Change, Detection, DetectorOptions, DetectorSettings, Seasons, StreamDetector};
use anet_simd::Level;
use proptest::prelude::*;

use super::any_stream::broken;
use super::detections;
use super::runner::runner;

/// Every option, and what may be given.
fn settings() -> impl Strategy<Value = DetectorSettings> {
    let season = prop::sample::select(vec![vec![], vec![24], vec![7, 60]]);
    let change = prop::sample::select(vec![Change::Level, Change::Difference, Change::Counter]);
    (any::<[bool; 3]>(), season, change).prop_map(|([tokens, long, adaptive_threshold], season, change)| {
        DetectorSettings {
            options: DetectorOptions { tokens, long, adaptive_threshold },
            season: Seasons::try_from(season).expect("periods"),
            change,
            ..DetectorSettings::default()
        }
    })
}

/// The bits of detections; a NaN equals itself.
fn bits(found: &[Detection]) -> Vec<Vec<u64>> {
    let of = |found: &Detection| {
        let numbers = [found.score, found.p_value, found.expected, f64::from(found.held)];
        numbers.into_iter().chain(found.parts).map(f64::to_bits).collect()
    };
    found.iter().map(of).collect()
}

#[test]
fn gives_the_same_bits_on_every_level() {
    let same = |(xs, settings): (Vec<f64>, DetectorSettings)| {
        let on = |level| {
            let mut detector = StreamDetector::on(level, settings.clone());
            (bits(&detections(&mut detector, &xs)), detector.to_bytes())
        };
        let mut all = Level::all_supported().into_iter().map(on);
        let first = all.next().expect("the portable one");
        prop_assert!(all.all(|other| other == first));
        Ok(())
    };
    runner(24).run(&(broken(3000), settings()), same).expect("the same bits");
}

#[test]
fn goes_on_from_its_bytes_as_if_nothing_had_happened() {
    let same = |(xs, share, settings): (Vec<f64>, f64, DetectorSettings)| {
        let (before, after) = xs.split_at((share * xs.len() as f64) as usize);
        let mut whole = StreamDetector::new(settings);
        detections(&mut whole, before);
        let mut restored = StreamDetector::from_bytes(&whole.to_bytes()).expect("what was saved can be read");
        prop_assert_eq!(restored.to_bytes(), whole.to_bytes());
        prop_assert_eq!(bits(&detections(&mut restored, after)), bits(&detections(&mut whole, after)));
        prop_assert_eq!(restored.to_bytes(), whole.to_bytes());
        Ok(())
    };
    runner(24).run(&(broken(3000), 0.0..1.0_f64, settings()), same).expect("the same detections");
}

#[test]
fn a_look_at_a_sample_says_what_its_push_says_and_learns_nothing() {
    let same = |(xs, settings): (Vec<f64>, DetectorSettings)| {
        let mut detector = StreamDetector::new(settings);
        for (row, &x) in xs.iter().enumerate() {
            if row % 50 > 0 {
                detections(&mut detector, &[x]);
                continue;
            }
            let before = detector.to_bytes();
            let looked = detector.peek(&[x]).expect("one channel");
            prop_assert_eq!(detector.to_bytes(), before);
            prop_assert_eq!(bits(&[looked]), bits(&detections(&mut detector, &[x])));
        }
        Ok(())
    };
    runner(12).run(&(broken(900), settings()), same).expect("the same answers");
}

#[test]
fn no_byte_can_be_changed_unnoticed_and_no_bytes_make_it_panic() {
    let mut detector = StreamDetector::new(DetectorSettings::default());
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

//! What is told of a stream is sound.

use anet_core::state::State;
use anet_core::{DetectorSettings, Side, StreamDetector, Told};
use proptest::prelude::*;

use super::any_stream::broken;
use super::detections;
use super::runner::runner;

#[test]
fn explains_whatever_came() {
    let told = (0..3000_u64, 0..100_u64).prop_map(|(since, until)| Told { since, until });
    let cases = (broken(2600), prop::option::of(told));
    let sound = |(xs, told): (Vec<f64>, Option<Told>)| {
        let mut detector = StreamDetector::new(DetectorSettings::default());
        detections(&mut detector, &xs);
        let found = detector.explain(None, told).expect("one channel");
        let restored = StreamDetector::from_bytes(&detector.to_bytes()).expect("what was saved can be read");
        prop_assert!(restored.explain(None, told).is_ok());
        let Some(event) = found.event else { return Ok(()) };
        prop_assert!(event.length >= 1 && event.length <= event.since + 1, "{event:?}");
        prop_assert!(event.since < xs.len() as u64 && event.age <= event.since.max(1), "{event:?}");
        prop_assert!(event.usual.0 <= event.usual.1 || event.usual.0.is_nan(), "{event:?}");
        let belied = match event.side {
            Side::Up => event.value < event.usual.0,
            Side::Down => event.value > event.usual.1,
            Side::Neither => false,
        };
        prop_assert!(!belied, "{event:?}");
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

//! Whatever comes, nothing panics, and what is made keeps its promises.

use anet_upscale::{Kind, Task, Texture, upscale};
use proptest::prelude::*;

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -10.0..10.0,
        2 => (0..3_u8).prop_map(f64::from),
        1 => proptest::num::f64::ANY,
    ]
}

fn tame() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -10.0..10.0, 1 => (0..3_u8).prop_map(f64::from), 1 => Just(f64::NAN)]
}

fn texture() -> impl Strategy<Value = Texture> {
    prop_oneof![Just(Texture::Fragments), Just(Texture::Spectral)]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Mean), Just(Kind::Sample)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_input_panics(
        series in proptest::collection::vec(number(), 0..60),
        reference in proptest::collection::vec(number(), 0..300),
        factor in 0..20_usize,
        (kind, texture) in (kind(), texture()),
        (low, high, band, seed) in (number(), number(), any::<bool>(), any::<u64>()),
    ) {
        let task = Task {
            series: &series, factor, reference: &reference, kind, texture, seed, low, high, band,
        };
        let free = Task { low: f64::NEG_INFINITY, high: f64::INFINITY, ..task };
        for task in [task, free] {
            if let Ok(found) = upscale(&task) {
                prop_assert_eq!(found.values.len(), series.len() * factor);
            }
        }
    }

    #[test]
    fn means_stay_within_the_limits(
        series in proptest::collection::vec(tame(), 4..60),
        reference in proptest::collection::vec(tame(), 300..400),
        factor in 1..10_usize,
        texture in texture(),
        seed in any::<u64>(),
    ) {
        let kind = Kind::Mean;
        let (low, high) = (-10.0, 10.0);
        let task = Task {
            series: &series, factor, reference: &reference, kind, texture, seed, low, high, band: false,
        };
        // Holes may leave a short reference without a whole block.
        let Ok(found) = upscale(&task) else { return Ok(()) };
        for (block, point) in found.values.chunks(factor).zip(&series) {
            let mean = block.iter().sum::<f64>() / factor as f64;
            prop_assert!(mean.is_nan() == point.is_nan());
            prop_assert!(point.is_nan() || (mean - point).abs() < 1e-13);
            prop_assert!(block.iter().all(|x| x.is_nan() || (low..=high).contains(x)));
        }
    }
}

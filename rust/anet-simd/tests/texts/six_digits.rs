//! Six decimals against the standard library's, which is exact.

use anet_simd::{SixDigits, elevation_texts};
use proptest::prelude::*;

use crate::runner::runner;

fn naive(x: f64) -> String {
    format!("{x:.6}").replace("NaN", "nan")
}

/// Any bits at all, numbers of everyday size, and numbers that lie on or beside half a millionth.
fn numbers() -> impl Strategy<Value = f64> {
    let halves = (0_u64..4_000_000, -2_i64..=2)
        .prop_map(|(n, ulps)| f64::from_bits((n as f64 / 2e6).to_bits().saturating_add_signed(ulps)));
    let exact_halves = (0_u64..1 << 20).prop_map(|n| n as f64 / 128.0);
    prop_oneof![any::<u64>().prop_map(f64::from_bits), -1e6..1e6, 0.0..1.0, halves, exact_halves]
}

#[test]
fn any_number_has_the_text_of_the_standard_library() {
    let same = |x: f64| {
        prop_assert_eq!(SixDigits(x).to_string(), naive(x));
        Ok(())
    };
    runner(20_000).run(&numbers(), same).unwrap();
}

#[test]
fn digits_of_an_elevation_are_those_of_its_text() {
    let elevations = numbers().prop_filter("an elevation", |x| (0.0..=1.0).contains(x));
    let same = |x: f64| {
        let text = naive(x);
        prop_assert_eq!(&elevation_texts(&[x])[0].to_le_bytes(), text.as_bytes());
        Ok(())
    };
    runner(20_000).run(&elevations, same).unwrap();
}

#[test]
fn texts_of_halves_are_rounded_to_even() {
    let texts = elevation_texts(&[0.000_000_5, 0.5 / 128.0, 1.0, 0.0]).map(u64::to_le_bytes);
    assert_eq!(texts, [*b"0.000000", *b"0.003906", *b"1.000000", *b"0.000000"]);
}

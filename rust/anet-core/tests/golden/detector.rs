//! Cosines and scores of the published detector.

use anet_core::params::{Dimension, Length, MaxPositions, Seed};
use anet_core::sparse::encode::cosine::sparse_cosine;
use anet_core::sparse::encode::encoder::Encoder;
use anet_core::sparse::score::anomaly::MultiScaleAnomaly;
use serde_json::Value;

use crate::load::{close, number, numbers, of_call};

/// What a different order of additions may make of one minus a cosine.
const ROUNDING: f64 = 1e-15;

#[test]
fn sparse_cosine_answers_eight_cases() {
    let cases = of_call("detector", "sparse_cosine");
    assert_eq!(cases.len(), 8);
    for case in cases {
        let got = sparse_cosine(&vector(&case["args"][0]), &vector(&case["args"][1]));
        assert!(close(got, number(&case["result"]), 1e-12), "{}: {got}", case["name"]);
    }
}

#[test]
fn update_and_score_answers_seven_streams() {
    let cases = of_call("detector", "encode+update_and_score");
    assert_eq!(cases.len(), 7);
    for case in cases {
        let [scales, k, samples, window, dimension, max_positions] =
            case["args"].as_array().unwrap().as_slice()
        else {
            panic!("six arguments")
        };
        let encoder = encoder(dimension, max_positions);
        let mut detector = MultiScaleAnomaly::new(&lengths(scales), k.as_i64().unwrap());
        let samples = numbers(samples);
        let windows = samples.windows(integer(window) as usize);
        for (window, row) in windows.zip(case["result"].as_array().unwrap()) {
            let score = detector.update_and_score(&encoder.encode(window)).unwrap();
            assert!(same(score.combined, number(&row[0])), "{}", case["name"]);
            let wanted = numbers(&row[1]);
            assert_eq!(score.per_scale.len(), wanted.len());
            for (got, wanted) in score.per_scale.iter().zip(wanted) {
                assert!(same(*got, wanted), "{}", case["name"]);
            }
        }
    }
}

fn same(got: f64, wanted: f64) -> bool {
    close(got, wanted, 1e-12) || (got - wanted).abs() <= ROUNDING
}

fn integer(value: &Value) -> i128 {
    value.as_i64().expect("an integer").into()
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a count")
}

fn vector(value: &Value) -> Vec<(i128, f64)> {
    let entries = value.as_object().expect("positions and elevations").iter();
    entries.map(|(position, elevation)| (position.parse().unwrap(), number(elevation))).collect()
}

fn encoder(dimension: &Value, max_positions: &Value) -> Encoder {
    Encoder::new(
        Dimension::try_from(count(dimension)).unwrap(),
        MaxPositions::from(count(max_positions)),
        Seed::try_from("g").unwrap(),
    )
}

fn lengths(scales: &Value) -> Vec<Length> {
    let scales = scales.as_array().expect("a list").iter();
    scales.map(|scale| Length::try_from(count(scale) as usize).unwrap()).collect()
}

use anet_core::{Component, Detection, DetectorSettings, StreamDetector};
use serde_json::Value;

use crate::load::{load, number, numbers};

/// The means of a season are kept in single precision.
const RELATIVE: f64 = 1e-5;
/// Places in the file whose parts are listed.
const PLACES: usize = 60;

#[test]
fn every_score_p_value_and_part_of_the_short_series() {
    let cases = load("stream_detector");
    let mut parts_checked = 0;
    for case in cases.iter().filter(|case| case["x"].is_array()) {
        let (scores, p_values) = (numbers(&case["score"]), numbers(&case["p_value"]));
        let mut detector = detector();
        for (t, x) in numbers(&case["x"]).into_iter().enumerate() {
            let found = push(&mut detector, x);
            compare(&case["name"], t, &found, scores[t], p_values[t]);
            if let Some(parts) = case["parts"].get(t.to_string()) {
                parts_checked += compare_parts(&found, parts, t);
            }
        }
    }
    assert_eq!(parts_checked, PLACES * Component::ALL.len());
}

#[test]
fn the_long_series_past_ring_wrap_and_halving() {
    let cases = load("stream_detector");
    assert_eq!(cases.len(), 6);
    let case = cases.last().expect("six cases");
    let at = numbers(&case["at"]);
    let (scores, p_values) = (numbers(&case["score_at"]), numbers(&case["p_value_at"]));
    assert_eq!(at.len(), 70);
    let mut detector = detector();
    for t in 0..case["n"].as_u64().expect("a count") {
        let found = push(&mut detector, sawtooth(t));
        if let Some(i) = at.iter().position(|&place| place == t as f64) {
            compare(&case["name"], t as usize, &found, scores[i], p_values[i]);
        }
    }
}

fn detector() -> StreamDetector {
    StreamDetector::new(DetectorSettings::default())
}

fn push(detector: &mut StreamDetector, x: f64) -> Detection {
    detector.push(&[x]).expect("one channel")
}

/// `round(abs((t % 40) - 20)/10 - 1 + 0.2*h(t), 6)`, raised by 1 for the last hundred of each 6000.
fn sawtooth(t: u64) -> f64 {
    let h = ((t * t * 7919 + t * 104_729) % 1013) as f64 / 1013.0 - 0.5;
    let wave = ((t % 40) as f64 - 20.0).abs() / 10.0 - 1.0 + 0.2 * h;
    let rounded: f64 = format!("{wave:.6}").parse().expect("a number was printed");
    rounded + if t % 6000 >= 5900 { 1.0 } else { 0.0 }
}

fn compare(name: &Value, t: usize, found: &Detection, score: f64, p_value: f64) {
    let close = near(found.score, score) && near(found.p_value.ln(), p_value.ln());
    assert!(close, "{name} at {t}: {} for {score}, p {} for {p_value}", found.score, found.p_value);
}

fn compare_parts(found: &Detection, parts: &Value, t: usize) -> usize {
    for part in Component::ALL {
        let (value, wanted) = (found.parts[part as usize], number(&parts[part.name()]));
        assert!(near(value, wanted), "{} at {t}: {value} for {wanted}", part.name());
    }
    Component::ALL.len()
}

fn near(got: f64, wanted: f64) -> bool {
    (got.is_nan() && wanted.is_nan()) || (got - wanted).abs() <= RELATIVE * wanted.abs().max(1.0)
}

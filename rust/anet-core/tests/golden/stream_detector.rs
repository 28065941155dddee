use anet_core::{Component, Detection, DetectorOptions, DetectorSettings, StreamDetector};
use serde_json::Value;

use crate::load::{load, numbers};

const PLAIN: DetectorOptions = DetectorOptions { tokens: true, long: false, adaptive_threshold: false };

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
                parts_checked += compare_parts(&detector, &found, parts, t);
            }
        }
    }
    assert_eq!(parts_checked, 41 * 14);
}

#[test]
fn the_long_series_past_ring_wrap_and_halving() {
    let cases = load("stream_detector");
    assert_eq!(cases.len(), 4);
    let case = cases.last().expect("four cases");
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
    StreamDetector::new(DetectorSettings { options: PLAIN, ..DetectorSettings::default() })
}

fn push(detector: &mut StreamDetector, x: f64) -> Detection {
    detector.push(&[x]).expect("one channel")
}

/// What the known answers call a component.
fn known_name(part: Component) -> &'static str {
    match part {
        Component::Tokens => "words",
        Component::Flatline => "still",
        other => other.name(),
    }
}

/// `round(abs((t % 40) - 20)/10 - 1 + 0.2*h(t), 6)`, raised by 1 for the last hundred of each 6000.
fn sawtooth(t: u64) -> f64 {
    let h = ((t * t * 7919 + t * 104_729) % 1013) as f64 / 1013.0 - 0.5;
    let wave = ((t % 40) as f64 - 20.0).abs() / 10.0 - 1.0 + 0.2 * h;
    let rounded: f64 = format!("{wave:.6}").parse().expect("a number was printed");
    rounded + if t % 6000 >= 5900 { 1.0 } else { 0.0 }
}

fn compare(name: &Value, t: usize, found: &Detection, score: f64, p_value: f64) {
    let close = (found.score - score).abs() <= 1e-9 + 1e-9 * score.abs();
    assert!(close, "{name}, score at {t}: {} for {score}", found.score);
    let close = (found.p_value - p_value).abs() <= 1e-7 * p_value;
    assert!(close, "{name}, p-value at {t}: {} for {p_value}", found.p_value);
}

fn compare_parts(detector: &StreamDetector, found: &Detection, parts: &Value, t: usize) -> usize {
    let pairs = Component::ALL[..7].iter().flat_map(|&part| {
        let (z, raw) = (found.parts[part as usize], detector.channels()[0].raw()[part as usize]);
        [(format!("z_{}", known_name(part)), z), (format!("raw_{}", known_name(part)), raw)]
    });
    let mut checked = 0;
    for (name, value) in pairs {
        let wanted = parts[&name].as_f64().expect("every part is listed");
        assert!((value - wanted).abs() <= 1e-9 + 1e-9 * wanted.abs(), "{name} at {t}: {value} for {wanted}");
        checked += 1;
    }
    checked
}

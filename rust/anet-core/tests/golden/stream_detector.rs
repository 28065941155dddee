use std::sync::Arc;

use anet_core::detect::channel::{Channel, Options, Verdict};
use anet_core::detect::component::Part;
use anet_core::detect::tokens::vocabulary::Vocabulary;
use anet_core::params::Seed;
use anet_simd::Level;
use serde_json::Value;

use crate::load::{load, numbers};

const PLAIN: Options = Options { words: true, long: false, own_line: false };

#[test]
fn every_score_p_value_and_part_of_the_short_series() {
    let cases = load("stream_detector");
    let mut parts_checked = 0;
    for case in cases.iter().filter(|case| case["x"].is_array()) {
        let (scores, p_values) = (numbers(&case["score"]), numbers(&case["p_value"]));
        let mut channel = channel();
        for (t, x) in numbers(&case["x"]).into_iter().enumerate() {
            let verdict = channel.push(x);
            compare(&case["name"], t, &verdict, scores[t], p_values[t]);
            if let Some(parts) = case["parts"].get(t.to_string()) {
                parts_checked += compare_parts(&channel, &verdict, parts, t);
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
    let mut channel = channel();
    for t in 0..case["n"].as_u64().expect("a count") {
        let verdict = channel.push(sawtooth(t));
        if let Some(i) = at.iter().position(|&place| place == t as f64) {
            compare(&case["name"], t as usize, &verdict, scores[i], p_values[i]);
        }
    }
}

fn channel() -> Channel {
    let seed = Seed::try_from("rh_sparse").expect("a short seed");
    Channel::new(Arc::new(Vocabulary::new(&seed)), PLAIN, Level::detect())
}

/// `round(abs((t % 40) - 20)/10 - 1 + 0.2*h(t), 6)`, raised by 1 for the last hundred of each 6000.
fn sawtooth(t: u64) -> f64 {
    let h = ((t * t * 7919 + t * 104_729) % 1013) as f64 / 1013.0 - 0.5;
    let wave = ((t % 40) as f64 - 20.0).abs() / 10.0 - 1.0 + 0.2 * h;
    let rounded: f64 = format!("{wave:.6}").parse().expect("a number was printed");
    rounded + if t % 6000 >= 5900 { 1.0 } else { 0.0 }
}

fn compare(name: &Value, t: usize, verdict: &Verdict, score: f64, p_value: f64) {
    let close = (verdict.score - score).abs() <= 1e-9 + 1e-9 * score.abs();
    assert!(close, "{name}, score at {t}: {} for {score}", verdict.score);
    let close = (verdict.p_value - p_value).abs() <= 1e-7 * p_value;
    assert!(close, "{name}, p-value at {t}: {} for {p_value}", verdict.p_value);
}

fn compare_parts(channel: &Channel, verdict: &Verdict, parts: &Value, t: usize) -> usize {
    let pairs = Part::ALL[..7].iter().flat_map(|&part| {
        let (z, raw) = (verdict.parts[part as usize], channel.raw()[part as usize]);
        [(format!("z_{}", part.name()), z), (format!("raw_{}", part.name()), raw)]
    });
    let mut checked = 0;
    for (name, value) in pairs {
        let wanted = parts[&name].as_f64().expect("every part is listed");
        assert!((value - wanted).abs() <= 1e-9 + 1e-9 * wanted.abs(), "{name} at {t}: {value} for {wanted}");
        checked += 1;
    }
    checked
}

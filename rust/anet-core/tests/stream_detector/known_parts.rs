//! The known answers of `tests/golden/stream_parts2.json`: predictability, residuals and long memory of normalised streams.

use serde_json::Value;

use crate::twin::forecasts::forecasts;
use crate::twin::predictability::predicted;
use crate::twin::scales::Scale;
use crate::twin::shapes::Shapes;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/stream_parts2.json");
/// They were made with one weight for means and variances.
const WEIGHTS: [f64; 2] = [300.0; 2];

#[test]
fn known_parts() {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(PATH).expect("the file")).expect("JSON");
    let cases = file["cases"].as_array().expect("a list");
    assert_eq!(cases.len(), 3);
    for case in cases {
        let answers = answers(&numbers(&case["y"]));
        assert_eq!(answers.len(), 7);
        for (name, values) in answers {
            let wanted = numbers(&case[name]);
            assert_eq!(values.len(), wanted.len());
            for (t, (got, wanted)) in values.iter().zip(&wanted).enumerate() {
                let near = (got - wanted).abs() <= 1e-9 * wanted.abs().max(1.0);
                assert!(near, "{} {name} at {t}: {got} for {wanted}", case["name"]);
            }
        }
    }
}

fn answers(y: &[f64]) -> Vec<(&'static str, Vec<f64>)> {
    let shapes = Shapes::of(y);
    let predicted = predicted(y, &forecasts(y, &shapes, true));
    let shapes = &shapes;
    let memory = |i: usize| (0..y.len()).map(move |t| shapes.long_memory(t)[i]);
    let residual = |i: usize| scaled(predicted.iter().map(|found| found.residuals[i]), (0.4, 0.3));
    vec![
        ("rho", predicted.iter().map(|found| found.rho).collect()),
        ("V1", residual(0)),
        ("V8", residual(1)),
        ("V16", residual(2)),
        ("V32", residual(3)),
        ("l32", scaled(memory(0), (0.45, 0.3))),
        ("l64", scaled(memory(1), (0.5, 0.3))),
    ]
}

fn scaled(raw: impl Iterator<Item = f64>, prior: (f64, f64)) -> Vec<f64> {
    let mut scale = Scale::new(WEIGHTS, prior);
    raw.enumerate().map(|(t, raw)| scale.z(t, raw)).collect()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().expect("a list").iter().map(|value| value.as_f64().expect("a number")).collect()
}

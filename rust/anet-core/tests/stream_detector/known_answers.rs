//! Writes the answers of `tests/golden/stream_detector.json`: those of the twin with everything on.

use std::fmt::Write;

use serde_json::Value;

use crate::twin::score::{SCALED, UNSCALED};
use crate::twin::{ALL, Answer, detect};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/stream_detector.json");
const ABOUT: &str = "Known answers of StreamDetector with its default options, from its naive twin. x: the series, NaN where a sample is \
                     missing. Every value of score and p_value (index 0 = first point); parts: index -> each component in deviations.";

/// Series, names and places stay as they stand in the file.
#[test]
#[ignore = "writes the known answers"]
fn write_the_known_answers() {
    let text = std::fs::read_to_string(PATH).expect("the file").replace("NaN", "null");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let cases: Vec<String> = file["cases"].as_array().expect("a list").iter().map(answered).collect();
    let seed = ALL.seed;
    let text =
        format!("{{\"about\": \"{ABOUT}\", \"seed\": \"{seed}\", \"cases\": [\n{}\n]}}\n", cases.join(",\n"));
    std::fs::write(PATH, text).expect("the file");
}

fn answered(case: &Value) -> String {
    let mut text = format!("{{\"name\": {}", case["name"]);
    if let Some(count) = case["n"].as_u64() {
        let answers = detect(&(0..count).map(sawtooth).collect::<Vec<_>>(), ALL);
        let places =
            case["at"].as_array().expect("a list").iter().map(|at| at.as_u64().expect("a place") as usize);
        let found: Vec<Answer> = places.map(|at| answers[at]).collect();
        let (n, formula, at) = (&case["n"], &case["formula"], &case["at"]);
        write!(text, ", \"n\": {n}, \"formula\": {formula}, \"at\": {at}").expect("a string");
        put(&mut text, ["score_at", "p_value_at"], &found);
    } else {
        let x: Vec<f64> =
            case["x"].as_array().expect("a list").iter().map(|x| x.as_f64().unwrap_or(f64::NAN)).collect();
        let answers = detect(&x, ALL);
        write!(text, ", \"x\": {x:?}").expect("a string");
        put(&mut text, ["score", "p_value"], &answers);
        let places = case["parts"].as_object().expect("places").keys();
        let parts: Vec<String> = places.map(|place| parts(place, &answers)).collect();
        write!(text, ", \"parts\": {{{}}}", parts.join(", ")).expect("a string");
    }
    text + "}"
}

fn put(text: &mut String, [score, p_value]: [&str; 2], answers: &[Answer]) {
    let scores: Vec<f64> = answers.iter().map(|answer| answer.score).collect();
    let p_values: Vec<f64> = answers.iter().map(|answer| answer.p_value).collect();
    write!(text, ", \"{score}\": {scores:?}, \"{p_value}\": {p_values:?}").expect("a string");
}

fn parts(place: &str, answers: &[Answer]) -> String {
    let found = &answers[place.parse::<usize>().expect("a place")].parts;
    let names = SCALED.iter().map(|&(name, _)| name).chain(UNSCALED);
    let parts: Vec<String> = names.zip(found).map(|(name, value)| format!("\"{name}\": {value:?}")).collect();
    format!("\"{place}\": {{{}}}", parts.join(", "))
}

/// `round(abs((t % 40) - 20)/10 - 1 + 0.2*h(t), 6)`, raised by 1 for the last hundred of each 6000.
fn sawtooth(t: u64) -> f64 {
    let h = ((t * t * 7919 + t * 104_729) % 1013) as f64 / 1013.0 - 0.5;
    let wave = ((t % 40) as f64 - 20.0).abs() / 10.0 - 1.0 + 0.2 * h;
    let rounded: f64 = format!("{wave:.6}").parse().expect("a number was printed");
    rounded + if t % 6000 >= 5900 { 1.0 } else { 0.0 }
}

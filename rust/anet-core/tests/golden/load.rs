//! Reads a file of known answers. Python wrote them, so NaN and the infinities stand there as bare words.

use std::path::Path;

use serde_json::Value;

/// The cases of `tests/golden/<stem>.json`, shared inputs put in the place of their names.
pub(crate) fn load(stem: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/golden/{stem}.json"));
    let text = std::fs::read_to_string(path).expect("the known answers are there");
    let mut file: Value = serde_json::from_str(&quoted(&text)).expect("they are JSON once NaN is quoted");
    let inputs = file["inputs"].take();
    let Value::Array(mut cases) = file["cases"].take() else { panic!("cases is a list") };
    for argument in cases.iter_mut().filter_map(|case| case["args"].as_array_mut()).flatten() {
        if let Some(name) = argument.get("input").and_then(Value::as_str) {
            *argument = inputs[name].clone();
        }
    }
    cases
}

/// The cases of one function; a word of explanation after its name does not count.
pub(crate) fn of_call(stem: &str, call: &str) -> Vec<Value> {
    let named = |case: &Value| case["call"].as_str().and_then(|text| text.split(' ').next()) == Some(call);
    load(stem).into_iter().filter(named).collect()
}

/// A number, or one of the quoted words.
pub(crate) fn number(value: &Value) -> f64 {
    match value {
        Value::String(word) => word.parse().expect("NaN or an infinity"),
        other => other.as_f64().expect("a number"),
    }
}

/// A list of numbers.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

/// Whether two numbers agree to `relative`; NaN agrees with NaN.
pub(crate) fn close(got: f64, want: f64, relative: f64) -> bool {
    got == want
        || (got.is_nan() && want.is_nan())
        || (got - want).abs() <= relative * got.abs().max(want.abs())
}

fn quoted(text: &str) -> String {
    let inside_out = text.split('"').enumerate();
    let quote = |part: &str| {
        let part = part.replace("NaN", "\"NaN\"").replace("Infinity", "\"Infinity\"");
        part.replace("-\"Infinity\"", "\"-Infinity\"")
    };
    // Every second part lies inside a string; no string of these files holds an escaped quote.
    let parts: Vec<_> =
        inside_out.map(|(i, part)| if i % 2 == 0 { quote(part) } else { part.to_owned() }).collect();
    parts.join("\"")
}

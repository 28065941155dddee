//! Writes what the twin answers to the runs of `tests/golden/monitor.json` into that file.

use anet_core::{Escalation, Row, Rule};
use serde_json::{Map, Value, json};

use super::decision::{Judgement, judge, line};
use super::runs::Run;
use super::twin;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/monitor.json");

#[test]
#[ignore = "writes the known answers anew: after a change of a rule or of the decision"]
fn write_the_known_answers() {
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(PATH).unwrap()).unwrap();
    file["cases"].as_array_mut().expect("a list of runs").iter_mut().for_each(answer);
    std::fs::write(PATH, file.to_string()).unwrap();
}

fn answer(case: &mut Value) {
    let run = read(case);
    let rate = case["false_alarms_per_10k"].as_f64().expect("a number");
    let mut scores = twin::scores(&run);
    let known = judge(&run, &mut scores, rate, Escalation::Off);
    case["alarms"] = alarms(&known);
    case["moved_first"] = moved_first(&known);
    case["status"] = status(&known);
    let lines = Rule::ALL.into_iter().filter_map(|rule| Some((rule, line(rule)? / rate.powf(0.28))));
    case["k"] = lines.map(|(rule, k)| (rule.name().to_owned(), json!(k))).collect();
    for (row, at) in case["at"].as_object_mut().expect("rows") {
        update(at, &scores[row.parse::<usize>().expect("a row")]);
    }
}

/// Numbers that agree stay as another program wrote them; a raw value goes with a score that does not.
fn update(at: &mut Value, scores: &[Option<f64>; Rule::COUNT]) {
    at.as_object_mut().expect("an object").remove("k");
    let old = at["score"].take();
    let mut kept = Map::new();
    for rule in Rule::ALL {
        let Some(score) = scores[rule as usize] else { continue };
        let agrees = |old: &Value| old.as_f64().is_some_and(|old| close(old, score));
        let same = old.get(rule.name()).filter(|old| agrees(old)).cloned();
        kept.insert(rule.name().to_owned(), same.unwrap_or_else(|| json!(score)));
    }
    let raw = at["raw"].as_object_mut().expect("an object");
    raw.retain(|name, _| old.get(name).zip(kept.get(name)).is_some_and(|(old, new)| old == new));
    at["score"] = Value::Object(kept);
}

fn close(old: f64, new: f64) -> bool {
    (old - new).abs() <= 1e-9 * new.abs().max(1.0)
}

fn alarms(known: &Judgement) -> Value {
    let named = |(at, row): (usize, &(Vec<Rule>, _))| {
        let mut names: Vec<&str> = row.0.iter().map(|rule| rule.name()).collect();
        names.sort_unstable();
        names.into_iter().map(move |name| json!([at, name])).collect::<Vec<_>>()
    };
    known.rows.iter().enumerate().flat_map(named).collect()
}

fn moved_first(known: &Judgement) -> Value {
    let alarmed = (0..known.rows.len()).filter(|&at| !known.rows[at].0.is_empty());
    alarmed.map(|at| json!([at, known.first[at].expect("what alarms has risen").name()])).collect()
}

fn status(known: &Judgement) -> Value {
    let changes = |&at: &usize| at == 0 || known.rows[at].1 != known.rows[at - 1].1;
    let rows = (0..known.rows.len()).filter(changes);
    rows.map(|at| json!([at, known.rows[at].1.name()])).collect()
}

fn read(case: &Value) -> Run {
    let length = case["rows"].as_u64().expect("a count") as usize;
    let notes = case["notes"].as_array().expect("a list").iter();
    let number = |value: &Value| match value {
        Value::Null => None,
        Value::String(word) => Some(word.parse().expect("a number's name")),
        value => value.as_f64(),
    };
    let signal = |name: &str, at: usize| number(case["signals"].get(name)?.get(at)?);
    let row = |at: usize| Row {
        loss: signal("loss", at),
        grad_norm: signal("grad_norm", at),
        step_norm: signal("step_norm", at),
        noise: signal("noise", at),
        lr: signal("lr", at),
        step: signal("step", at).map(|step| step as i64),
    };
    Run {
        rows: (0..length).map(row).collect(),
        notes: notes.map(|at| at.as_u64().expect("a row") as usize).collect(),
    }
}

//! Eight runs: every alarm, what moved first, status at every change, the line of each rule, every 50th row in full.

use anet_core::{Escalation, FalseAlarmRate, Row, Rule, RunMonitor};
use serde_json::Value;

#[test]
fn all_eight_runs_are_told_as_known() {
    let whole: Value = serde_json::from_str(&text()).expect("valid JSON");
    let runs = whole["cases"].as_array().expect("a list of runs");
    assert_eq!(runs.len(), 8);
    let rows: u64 = runs.iter().map(check_run).sum();
    assert_eq!(rows, 6300);
}

fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/monitor.json");
    std::fs::read_to_string(path).expect("the known answers are part of the repository")
}

fn check_run(run: &Value) -> u64 {
    let rate = FalseAlarmRate::per_10k(run["false_alarms_per_10k"].as_f64().expect("a number"));
    let mut monitor = RunMonitor::new(rate.expect("in the domain"), Escalation::Off);
    let mut answers = Answers::default();
    let rows = run["rows"].as_u64().expect("a count");
    for at in 0..rows {
        if run["notes"].as_array().expect("a list").contains(&Value::from(at)) {
            monitor.note();
        }
        monitor.update(&row(&run["signals"], at as usize));
        answers.observe(&monitor);
        if let Some(known) = run["at"].get(at.to_string()) {
            check_scores(&monitor, known, &format!("{} row {at}", run["name"]));
        }
    }
    assert_eq!(Value::from(answers.alarms), run["alarms"], "alarms of {}", run["name"]);
    assert_eq!(Value::from(answers.moved_first), run["moved_first"], "moved first in {}", run["name"]);
    assert_eq!(Value::from(answers.status), run["status"], "status of {}", run["name"]);
    for rule in Rule::ALL {
        let k = run["k"].get(rule.name()).map_or(1.0, number);
        close(monitor.threshold(rule), k, rule.name());
    }
    rows
}

fn row(signals: &Value, at: usize) -> Row {
    let signal = |name: &str| match signals.get(name).map_or(&Value::Null, |values| &values[at]) {
        Value::Null => None,
        value => Some(number(value)),
    };
    Row {
        loss: signal("loss"),
        grad_norm: signal("grad_norm"),
        step_norm: signal("step_norm"),
        noise: signal("noise"),
        lr: signal("lr"),
        step: signal("step").map(|step| step as i64),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().expect("a number or its name").parse().expect("a number"))
}

/// What a monitor answered to a run, in the form of the file.
#[derive(Default)]
struct Answers {
    alarms: Vec<Value>,
    moved_first: Vec<Value>,
    status: Vec<Value>,
}

impl Answers {
    fn observe(&mut self, monitor: &RunMonitor) {
        let at = monitor.rows() - 1;
        let entry = |word: &str| Value::from(vec![Value::from(at), Value::from(word)]);
        let mut alarms: Vec<&str> = monitor.alarms().iter().map(|alarm| alarm.rule.name()).collect();
        alarms.sort_unstable();
        self.alarms.extend(alarms.into_iter().map(entry));
        if !monitor.alarms().is_empty() {
            self.moved_first.push(entry(monitor.onsets()[0].rule.name()));
        }
        let status = monitor.status().name();
        if self.status.last().is_none_or(|last| last[1] != status) {
            self.status.push(entry(status));
        }
    }
}

fn check_scores(monitor: &RunMonitor, known: &Value, place: &str) {
    for rule in Rule::ALL {
        let place = format!("{place}, {}", rule.name());
        check_value(monitor.scores().score(rule), known["score"].get(rule.name()), &place);
        if let Some(raw) = known["raw"].get(rule.name()) {
            check_value(monitor.scores().raw(rule), Some(raw), &place);
        }
    }
}

fn check_value(got: Option<f64>, known: Option<&Value>, place: &str) {
    assert_eq!(got.is_some(), known.is_some(), "{place}: got {got:?}, known {known:?}");
    if let (Some(got), Some(known)) = (got, known) {
        close(got, number(known), place);
    }
}

fn close(got: f64, known: f64, place: &str) {
    assert!((got - known).abs() <= 1e-9 * known.abs().max(1.0), "{place}: got {got}, known {known}");
}

//! The monitor against a twin that looks back over the whole run, on random runs, and what its state promises.

mod again;
mod decision;
mod fields;
mod golden;
mod history;
mod material;
mod named;
mod onsets;
mod promises;
mod runs;
mod state;
mod twin;

use anet_core::{Escalation, FalseAlarmRate, Rule, RunMonitor};

use runs::Run;

const RUNS: u64 = 80;

#[test]
fn scores_alarms_status_and_incidents_equal_the_twin_on_random_runs() {
    let mut alarmed = [0; Rule::COUNT];
    for seed in 0..RUNS {
        let run = Run::random(seed, 420);
        let plain = twin::scores(&run);
        for escalation in [Escalation::Off, Escalation::On] {
            let mut monitor = monitor(3.0, escalation);
            let mut scores = plain.clone();
            let known = decision::judge(&run, &mut scores, 3.0, escalation);
            for (at, row) in run.rows.iter().enumerate() {
                run.step(&mut monitor, at, row);
                compare_scores(&monitor, &scores[at], &format!("seed {seed} row {at}"));
                let alarms: Vec<Rule> = monitor.alarms().iter().map(|alarm| alarm.rule).collect();
                alarms.iter().for_each(|&rule| alarmed[rule as usize] += 1);
                let got = (alarms, monitor.status());
                assert_eq!(got, known.rows[at], "seed {seed}, {escalation:?}, row {at}");
                let first = monitor.onsets().first().map(|onset| onset.rule);
                assert_eq!(first, known.first[at], "seed {seed}, {escalation:?}, row {at}");
            }
            compare_records(&monitor, &known.records, seed);
        }
    }
    let elsewhere = |rule: &Rule| {
        let name = rule.name();
        // Rules of a reference and of named signals, which such a monitor has none of.
        ["early_loss", "early_grad", "early_update", "early_rate", "overfit"].contains(&name)
            || name.starts_with("signal_")
    };
    let silent = Rule::ALL.into_iter().filter(|&rule| alarmed[rule as usize] == 0);
    assert!(silent.clone().all(|rule| elsewhere(&rule)), "{:?}", silent.map(Rule::name).collect::<Vec<_>>());
}

fn compare_scores(monitor: &RunMonitor, known: &[Option<f64>; Rule::COUNT], place: &str) {
    for rule in Rule::ALL {
        let (got, wanted) = (monitor.scores().score(rule), known[rule as usize]);
        let close = got.zip(wanted).is_none_or(|(a, b)| a == b || (a - b).abs() <= 1e-9 * b.abs().max(1.0));
        assert!(
            got.is_some() == wanted.is_some() && close,
            "{place} {}: got {got:?}, wanted {wanted:?}",
            rule.name()
        );
    }
}

fn compare_records(monitor: &RunMonitor, known: &[(history::Record, bool)], seed: u64) {
    let summary = monitor.summary();
    assert_eq!(summary.incident_count(), known.len() as u64, "seed {seed}");
    let kept = &known[known.len().saturating_sub(32)..];
    for ((got, is_back), (wanted, known_back)) in summary.incidents().zip(kept) {
        let same = |a: f64, b: f64| a.total_cmp(&b).is_eq() || a == b || (a.is_nan() && b.is_nan());
        let all = got.row == wanted.row as u64
            && got.end == wanted.end.map(|end| end as u64)
            && same(got.before, wanted.before)
            && same(got.highest, wanted.highest)
            && same(got.lowest, wanted.lowest)
            && is_back == *known_back;
        assert!(all, "seed {seed}: got {got:?} {is_back}, wanted {wanted:?} {known_back}");
    }
}

fn monitor(rate: f64, escalation: Escalation) -> RunMonitor {
    RunMonitor::new(FalseAlarmRate::per_10k(rate).expect("in the domain"), escalation)
}

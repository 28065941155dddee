//! What holds for every run.

use anet_core::{Escalation, Monitor, Row, Rule, RunMonitor, Status};

use super::runs::{Dice, Run};

const NASTY: [f64; 16] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    -5e-324,
    0.0,
    -0.0,
    1.0,
    -1.0,
    1e300,
    1e-300,
    std::f64::consts::LN_2,
    1.5,
];
const STEPS: [i64; 6] = [i64::MIN, i64::MAX, 0, 1, -1, 7];

/// A run that learns and is disturbed once or twice.
fn learning(seed: u64, rows: usize) -> Vec<f64> {
    let mut dice = Dice(seed);
    let (first, second, size) = (20 + dice.below(rows), dice.below(rows), 1.0 + 9.0 * dice.uniform());
    let loss = |at: usize| {
        let loss = (0.2 + 2.0 * (-(at as f64) / 60.0).exp()) * (0.05 * dice.normal()).exp();
        let high = (first..first + 12).contains(&at) || at > second.max(rows / 2);
        if high { size * loss } else { loss }
    };
    (0..rows).map(loss).collect()
}

fn row(loss: f64) -> Row {
    Row { loss: Some(loss), ..Row::default() }
}

/// The alarms of a run, by row.
fn alarms(rows: impl Iterator<Item = Row>) -> Vec<(u64, Rule)> {
    let mut monitor = super::monitor(1.0, Escalation::On);
    let mut found = Vec::new();
    for row in rows {
        monitor.update(&row);
        found.extend(monitor.alarms().iter().map(|alarm| (alarm.row, alarm.rule)));
    }
    found
}

#[test]
fn nothing_makes_it_panic() {
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let mut monitor = super::monitor(1.0, Escalation::On);
        let few = 1 + dice.below(NASTY.len());
        for _ in 0..400 {
            let mut one = || (dice.below(8) > 0).then(|| NASTY[dice.below(few)]);
            let row = Row {
                loss: one(),
                grad_norm: one(),
                step_norm: one(),
                noise: one(),
                lr: one(),
                step: Some(STEPS[dice.below(STEPS.len())]),
            };
            monitor.update(&row);
            let summary = monitor.summary();
            assert!(summary.incidents().all(|(record, _)| record.end.is_none_or(|end| end > record.row)));
        }
    }
}

#[test]
fn steps_that_stand_or_restart_change_no_alarm() {
    for seed in 0..40 {
        let losses = learning(seed, 500);
        let with = |step: fn(i64) -> Option<i64>| {
            let rows = losses.iter().zip(0..);
            alarms(rows.map(move |(&loss, at)| Row { step: step(at), ..row(loss) }))
        };
        let without = with(|_| None);
        assert_eq!(with(|_| Some(3)), without, "seed {seed}");
        assert_eq!(with(|at| Some(at % 90)), without, "seed {seed}");
        assert_eq!(with(|at| Some(at / 4)), without, "seed {seed}");
        assert_eq!(with(Some), without, "seed {seed}");
    }
}

#[test]
fn idle_signals_and_groups_delay_no_alarm_of_the_loss() {
    let mut rings = 0;
    for seed in 0..40 {
        let losses = learning(seed, 500);
        let alone = alarms(losses.iter().map(|&loss| row(loss)));
        let idle = Row { step_norm: Some(0.01), noise: Some(0.5), lr: Some(0.1), ..Row::default() };
        let beside = alarms(losses.iter().map(|&loss| Row { loss: Some(loss), ..idle }));
        let mut monitor = Monitor::new(super::monitor(1.0, Escalation::On));
        let mut grouped = Vec::new();
        for &loss in &losses {
            for name in ["body", "head"] {
                let group = monitor.group(name).unwrap();
                monitor.update_group(group, &idle);
            }
            monitor.update(&row(loss));
            grouped.extend(monitor.alarms().iter().map(|alarm| (alarm.of_rule.row, alarm.of_rule.rule)));
        }
        assert_eq!(beside, alone, "seed {seed}");
        assert_eq!(grouped, alone, "seed {seed}");
        rings += alone.len();
    }
    assert!(rings > 40, "{rings}");
}

#[test]
fn noise_alone_hardly_ever_fails() {
    let fails = |seed: u64| {
        let mut dice = Dice(seed);
        let mut monitor = super::monitor(1.0, Escalation::On);
        (0..1500).any(|_| monitor.update(&row(1.0 + 0.1 * dice.normal())) == Status::Failing)
    };
    // One: eight rows of `level_loss` whose median is two standard deviations up.
    assert!((0..100).filter(|&seed| fails(seed)).count() <= 1, "of 150,000 rows");
}

#[test]
fn a_run_in_another_unit_rings_in_the_same_rows() {
    for seed in 0..40 {
        let losses = learning(seed, 500);
        let scaled = |unit: f64| alarms(losses.iter().map(move |&loss| row(unit * loss)));
        let plain = scaled(1.0);
        for unit in [2f64.powi(-40), 0.125, 1024.0, 2f64.powi(60)] {
            assert_eq!(scaled(unit), plain, "seed {seed}, times {unit}");
        }
    }
}

#[test]
fn the_summary_is_true_to_the_run() {
    for seed in 0..40 {
        let run = Run::random(seed, 420);
        let mut monitor = super::monitor(3.0, Escalation::On);
        let (mut worst, mut judged) = (Status::WarmingUp, 0);
        for (at, row) in run.rows.iter().enumerate() {
            run.step(&mut monitor, at, row);
            worst = worst.max(monitor.status());
            let adaptive = |rule: &Rule| rule.is_adaptive() && monitor.scores().score(*rule).is_some();
            judged += u64::from(Rule::ALL.iter().any(adaptive));
        }
        check(&monitor, worst, judged);
    }
}

fn check(monitor: &RunMonitor, worst: Status, judged: u64) {
    let summary = monitor.summary();
    assert_eq!((summary.status, summary.worst), (monitor.status(), worst));
    assert_eq!((summary.rows(), summary.judged()), (420, judged));
    let records: Vec<_> = summary.incidents().collect();
    assert!(records.windows(2).all(|pair| pair[0].0.row < pair[1].0.row));
    assert!(records.iter().rev().skip(1).all(|(record, _)| record.end.is_some()));
    assert_eq!(records.last().is_some_and(|(record, _)| record.end.is_none()), monitor.has_incident());
    if summary.status == Status::Settled {
        assert!(records.iter().any(|&(_, is_back)| !is_back));
    }
}

//! The monitor against a twin without recurrences, on random runs, and what its state promises.

mod decision;
mod fields;
mod named;
mod runs;
mod state;
mod twin;

use anet_core::{Escalation, FalseAlarmRate, Rule, RunMonitor};

use runs::Run;

#[test]
fn scores_equal_the_twin_on_random_runs() {
    for seed in 0..40 {
        let run = Run::random(seed, 420);
        let mut monitor = monitor(1.0, Escalation::Off);
        let known = twin::scores(&run);
        for (at, row) in run.rows.iter().enumerate() {
            run.step(&mut monitor, at, row);
            for rule in Rule::ALL {
                let got = monitor.scores().score(rule);
                let wanted = known[at][rule as usize];
                let close = got.zip(wanted).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
                assert!(
                    got.is_some() == wanted.is_some() && close,
                    "seed {seed} row {at} {}: got {got:?}, wanted {wanted:?}",
                    rule.name()
                );
            }
        }
    }
}

#[test]
fn decisions_equal_the_twin_on_random_runs() {
    let mut alarmed = [0; Rule::COUNT];
    for seed in 0..40 {
        for escalation in [Escalation::Off, Escalation::On] {
            let run = Run::random(seed, 420);
            let mut monitor = monitor(3.0, escalation);
            let known = decision::judge(&run, &twin::scores(&run), 3.0, escalation);
            for (at, row) in run.rows.iter().enumerate() {
                run.step(&mut monitor, at, row);
                let alarms: Vec<Rule> = monitor.alarms().iter().map(|alarm| alarm.rule).collect();
                alarms.iter().for_each(|&rule| alarmed[rule as usize] += 1);
                let got = (alarms, monitor.status());
                assert_eq!(got, known[at], "seed {seed}, {escalation:?}, row {at}");
            }
        }
    }
    assert!(alarmed[..18].iter().all(|&alarms| alarms > 0), "every rule must fire somewhere: {alarmed:?}");
}

fn monitor(rate: f64, escalation: Escalation) -> RunMonitor {
    RunMonitor::new(FalseAlarmRate::per_10k(rate).expect("in the domain"), escalation)
}

//! The rules of named signals against their definition, on random series.

use anet_core::{Direction, Escalation, FalseAlarmRate, Monitor, Row, Rule, RunMonitor, State};

use super::runs::Dice;

/// Levels, ramps and steps with noise, some of it autocorrelated or heavy-tailed.
fn series(seed: u64) -> Vec<f64> {
    let mut dice = Dice(seed);
    let (memory, size) = ([0.0, 0.5, 0.9][dice.below(3)], 10f64.powi(dice.below(7) as i32 - 3));
    let (mut level, mut slope, mut noise) = (dice.uniform(), 0.0, 0.0);
    (0..600)
        .map(|at| {
            if at % 150 == 149 {
                slope = (dice.uniform() - 0.5) / 40.0;
                level += if dice.below(2) == 0 { 3.0 * (dice.uniform() - 0.5) } else { 0.0 };
            }
            level += slope;
            noise = memory * noise + 0.1 * (dice.uniform() + dice.uniform() - 1.0);
            size * (level + noise)
        })
        .collect()
}

/// What the rule saw before a value, by its definition: excess, noise and line, from all values up to it.
struct Twin {
    excesses: Vec<f64>,
}

impl Twin {
    /// Excess over line of the value at the end of `values`, which are oriented so that high is bad.
    fn ratio(&mut self, values: &[f64]) -> Option<(f64, f64)> {
        let (before, newest) = values.split_at(values.len().checked_sub(8)?);
        let usual = &before[before.len().saturating_sub(64)..];
        if usual.len() < 16 {
            return None;
        }
        let middle = median(usual);
        let largest =
            self.excesses[..self.excesses.len().saturating_sub(24)].iter().copied().fold(0.0, f64::max);
        let line = (1.0 + 64.0 / before.len() as f64) * (2.2 * largest).max(3.0 * noise(usual, middle));
        let excess = sorted(newest)[2] - middle;
        self.excesses.push(excess.min(line / 1.5).max(0.0));
        Some((excess, line))
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

fn median(values: &[f64]) -> f64 {
    0.5 * sorted(values)[(values.len() - 1) / 2] + 0.5 * sorted(values)[values.len() / 2]
}

fn noise(values: &[f64], middle: f64) -> f64 {
    let away: Vec<f64> = values.iter().map(|value| value - middle).collect();
    let squares: f64 = away.iter().map(|away| away * away).sum();
    let products: f64 = away.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let phi = (products / squares).clamp(0.0, 0.9);
    let distances: Vec<f64> = away.iter().map(|away| away.abs()).collect();
    1.4826 * median(&distances) * ((1.0 + phi) / (1.0 - phi) / 8.0).sqrt().min(1.0)
}

fn monitor() -> Monitor {
    Monitor::new(RunMonitor::new(FalseAlarmRate::default(), Escalation::On))
}

#[test]
fn a_rise_rings_where_its_definition_says() {
    let mut rung = 0;
    for seed in 0..60 {
        let values = series(seed);
        let (mut monitor, mut twin) = (monitor(), Twin { excesses: Vec::new() });
        let index = monitor.declare("load", Direction::Rises).unwrap();
        // The first alarm is the definition's; what follows depends on where the signal is then.
        for at in 0..values.len() {
            monitor.update_named(&Row::default(), &[(index, values[at])]);
            let expected = twin.ratio(&values[..=at]).filter(|(excess, line)| excess > line);
            let strengths: Vec<f64> = monitor.alarms().iter().map(|alarm| alarm.of_rule.strength).collect();
            let Some((excess, line)) = expected else {
                assert!(strengths.is_empty(), "seed {seed}, row {at}");
                continue;
            };
            assert!((strengths[0] - excess / line).abs() <= 1e-9 * excess / line, "seed {seed}, row {at}");
            assert_eq!(monitor.alarms()[0].of_rule.rule, Rule::SignalRise);
            rung += 1;
            break;
        }
    }
    assert!((10..60).contains(&rung), "{rung} of 60 series rang");
}

#[test]
fn a_fall_is_the_rise_of_the_negative() {
    for seed in 0..20 {
        let values = series(seed);
        let (mut rises, mut falls) = (monitor(), monitor());
        let up = rises.declare("load", Direction::Rises).unwrap();
        let down = falls.declare("load", Direction::Falls).unwrap();
        for (at, &value) in values.iter().enumerate() {
            rises.update_named(&Row::default(), &[(up, value)]);
            falls.update_named(&Row::default(), &[(down, -value)]);
            let strengths = [&rises, &falls].map(|monitor| {
                monitor.alarms().iter().map(|alarm| alarm.of_rule.strength).collect::<Vec<_>>()
            });
            assert_eq!(strengths[0], strengths[1], "seed {seed}, row {at}");
        }
    }
}

#[test]
fn a_saved_monitor_goes_on_as_before() {
    for seed in 0..20 {
        let values = series(seed);
        let mut whole = monitor();
        let index = whole.declare("load", Direction::Both).unwrap();
        let evaluation = whole.adopt("eval_loss").unwrap();
        let row = |at: usize| Row { step: Some(at as i64), ..Row::default() };
        let mut saved = None;
        for (at, &value) in values.iter().enumerate() {
            if at % 97 == 0 {
                saved = Some(Monitor::from_bytes(&whole.to_bytes()).unwrap());
            }
            let given = [(index, if at % 211 == 210 { f64::NAN } else { value }), (evaluation, value.abs())];
            whole.update_named(&row(at), &given);
            let saved = saved.as_mut().expect("saved in the first row");
            saved.update_named(&row(at), &given);
            assert_eq!(
                format!("{:?}", saved.alarms()),
                format!("{:?}", whole.alarms()),
                "seed {seed}, row {at}"
            );
            assert_eq!(saved.to_bytes(), whole.to_bytes(), "seed {seed}, row {at}");
        }
    }
}

#[test]
fn a_burst_of_a_loss_is_news_but_not_beside_a_reward() {
    let rung = |name: &str| {
        let (mut monitor, mut dice, mut rung) = (monitor(), Dice(1), 0);
        monitor.declare(name, Direction::Falls).unwrap();
        for at in 0..400 {
            let loss = (1.0 + 0.1 * dice.uniform()) * if at == 300 { 60.0 } else { 1.0 };
            monitor.update_named(&Row { loss: Some(loss), ..Row::default() }, &[]);
            rung += monitor.alarms().len();
        }
        rung
    };
    assert_eq!(rung("ep_rew_mean"), 0);
    assert!(rung("a_share_of_mine") > 0);
}

#[test]
fn a_signal_without_a_spread_rings_when_it_leaves_by_a_twentieth() {
    let rung = |then: f64| {
        let (mut monitor, mut rung) = (monitor(), 0);
        let index = monitor.declare("completions/mean_length", Direction::Falls).unwrap();
        for at in 0..200 {
            monitor.update_named(&Row::default(), &[(index, if at < 180 { 8.0 } else { then })]);
            rung += monitor.alarms().len();
        }
        rung
    };
    assert_eq!((rung(7.7), rung(7.5)), (0, 1));
}

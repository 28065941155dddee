//! Alarms and status from the scores, by looking back from every row.

use anet_core::{Escalation, Family, Rule, Status};

use super::runs::Run;

type Table = [[Option<f64>; Rule::COUNT]];

/// What fires in a row, and its ratio.
type Fires = Vec<(Rule, f64)>;

/// The new alarms, and the status, of every row.
pub(crate) fn judge(
    run: &Run,
    scores: &Table,
    rate: f64,
    escalation: Escalation,
) -> Vec<(Vec<Rule>, Status)> {
    let segments = run.segments();
    let inflations = match escalation {
        Escalation::On => super::twin::inflations(run),
        Escalation::Off => vec![[1.0; Rule::COUNT]; scores.len()],
    };
    let ratio = |at: usize| ratios(run, &scores[at], &inflations[at], at, rate, escalation);
    let ratios: Vec<Fires> = (0..scores.len()).map(ratio).collect();
    let mut fires: Vec<Fires> = Vec::new();
    let mut answers = Vec::new();
    for at in 0..scores.len() {
        let start = segments[at];
        let warm = at - start >= 64;
        let thresholds = thresholds(&fires[start..at], escalation);
        let threshold = |rule: Rule| thresholds[rule.family() as usize];
        let whole = |rule: Rule| matches!(rule.family(), Family::Frozen | Family::Nonfinite);
        let over = |&(rule, ratio): &(Rule, f64)| {
            (ratio > threshold(rule) || (whole(rule) && ratio == threshold(rule)))
                && (warm || rule == Rule::Nonfinite)
        };
        fires.push(ratios[at].iter().copied().filter(over).collect());
        let incident = incident(&fires[start..=at]);
        let (now, before) = match incident.split_last() {
            Some((now, before)) => (now.as_slice(), before),
            None => (&[][..], &[][..]),
        };
        let old = |rule: Rule| before.iter().flatten().any(|&(other, _)| other == rule);
        let new = now.iter().map(|&(rule, _)| rule).filter(|&rule| !old(rule)).collect();
        let near = |&(rule, ratio): &(Rule, f64)| warm && !whole(rule) && ratio > 0.8 * threshold(rule);
        let learned = scores[start..=at].iter().any(|row| row[..10].iter().any(Option::is_some));
        let status = if fails(incident) {
            Status::Failing
        } else if !incident.is_empty() || ratios[at].iter().any(near) {
            Status::Suspect
        } else if warm && learned {
            Status::Healthy
        } else {
            Status::WarmingUp
        };
        answers.push((new, status));
    }
    answers
}

fn ratios(
    run: &Run,
    row: &[Option<f64>; Rule::COUNT],
    inflations: &[f64; Rule::COUNT],
    at: usize,
    rate: f64,
    escalation: Escalation,
) -> Fires {
    let seen = |at_signal: usize| run.rows[..=at].iter().any(|row| row.values()[at_signal].is_some());
    let [loss, grad, step, noise, lr] = [0, 1, 2, 3, 4].map(seen);
    let n = 3 * u32::from(loss)
        + 3 * u32::from(grad)
        + u32::from(loss && grad)
        + 2 * u32::from(step && lr)
        + u32::from(noise && grad);
    let k = match escalation {
        Escalation::On => (0.60 + 0.09 * f64::from(n)) / rate.powf(0.28),
        Escalation::Off => 1.0 + 0.06 * f64::from(n) - 0.5 * rate.log10(),
    };
    let ratio = |rule: Rule, value: f64| {
        let value = value / inflations[rule as usize];
        (rule, if rule.is_adaptive() { value / k } else { value })
    };
    Rule::ALL.into_iter().filter_map(|rule| Some(ratio(rule, row[rule as usize]?))).collect()
}

/// The rows of the incident that is open in the last row, from its first firing on; empty where none is.
fn incident(fires: &[Fires]) -> &[Fires] {
    let Some(last) = fires.iter().rposition(|row| !row.is_empty()) else { return &[] };
    if fires.len() - 1 - last > 50 {
        return &[];
    }
    let mut first = last;
    while let Some(earlier) = fires[..first].iter().rposition(|row| !row.is_empty())
        && first - earlier <= 50
    {
        first = earlier;
    }
    &fires[first..]
}

fn fails(incident: &[Fires]) -> bool {
    use Family::{Drawdown, Frozen, LearningRate, Nonfinite, Vanishing};
    let mut families: Vec<Family> = incident.iter().flatten().map(|(rule, _)| rule.family()).collect();
    families.sort();
    families.dedup();
    let severe = |family: &Family| matches!(family, Nonfinite | Frozen | Vanishing | Drawdown | LearningRate);
    let rows = incident.iter().filter(|row| !row.is_empty()).count();
    families.iter().any(severe) || families.len() >= 2 || rows >= 8
}

/// What a family must exceed after the incidents that have closed before the row that follows these.
fn thresholds(fires: &[Fires], escalation: Escalation) -> [f64; Family::COUNT] {
    let mut thresholds = [1.0f64; Family::COUNT];
    if escalation == Escalation::Off {
        return thresholds;
    }
    let mut strongest = [0.0f64; Family::COUNT];
    let mut quiet = 0;
    for row in fires.iter().chain([&Vec::new()]) {
        if quiet >= 50 {
            close(&mut thresholds, &mut strongest);
        }
        quiet = if row.is_empty() { quiet + 1 } else { 0 };
        for &(rule, ratio) in row {
            let family = rule.family() as usize;
            strongest[family] = strongest[family].max(ratio);
        }
    }
    thresholds
}

fn close(thresholds: &mut [f64; Family::COUNT], strongest: &mut [f64; Family::COUNT]) {
    let hard = [Family::Nonfinite, Family::Frozen, Family::LearningRate].map(|family| family as usize);
    let soft = |family: &usize| !hard.contains(family);
    let fired = (0..Family::COUNT).filter(soft).any(|family| strongest[family] > 0.0);
    for family in (0..Family::COUNT).filter(soft).filter(|_| fired) {
        thresholds[family] = if strongest[family] > 0.0 {
            1.5 * strongest[family].max(1.0)
        } else {
            thresholds[family].max(1.5)
        };
    }
    *strongest = [0.0; Family::COUNT];
}

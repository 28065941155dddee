//! Alarms and status from the scores, by looking back from every row.

use anet_core::{Escalation, Family, Rule, Status};

use super::again::{self, Known};
use super::history::{Record, largest, records};
use super::material::is_material;
use super::onsets;
use super::runs::Run;
use super::twin::stretch::Stretch;

type Table = [[Option<f64>; Rule::COUNT]];

/// What fires in a row, and its ratio.
pub(crate) type Fires = Vec<(Rule, f64)>;

/// Rows without a firing rule after which an incident is over.
pub(crate) const CALM: usize = 50;

/// The new alarms and the status of every row, and what moved first; all incidents, with whether the run is back from them.
pub(crate) struct Judgement {
    pub rows: Vec<(Vec<Rule>, Status)>,
    pub first: Vec<Option<Rule>>,
    pub records: Vec<(Record, bool)>,
}

/// Judges a run, and enters the scores of the rules that speak of incidents.
pub(crate) fn judge(run: &Run, scores: &mut Table, rate: f64, escalation: Escalation) -> Judgement {
    let segments = run.segments();
    let starts: Vec<usize> = (0..segments.len()).filter(|&at| segments[at] == at).collect();
    let end = |at: usize| starts.get(at + 1).copied().unwrap_or(run.rows.len());
    let stretches: Vec<(usize, Stretch<'_>)> = starts
        .iter()
        .enumerate()
        .map(|(at, &start)| (start, Stretch::of(&run.rows[start..end(at)])))
        .collect();
    let inflations = match escalation {
        Escalation::On => super::twin::inflations(run),
        Escalation::Off => vec![[1.0; Rule::COUNT]; scores.len()],
    };
    let mut fires: Vec<Fires> = Vec::new();
    let mut ratios: Vec<Fires> = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    let mut rang: Vec<usize> = Vec::new();
    let (mut rows, mut first_onsets) = (Vec::new(), Vec::new());
    for at in 0..scores.len() {
        let start = segments[at];
        let upto = stretches.iter().position(|&(first, _)| first == start).expect("it has a segment") + 1;
        let stretches = &stretches[..upto];
        let stretch = &stretches[upto - 1].1;
        if at == start {
            (known, rang) = (Vec::new(), Vec::new());
        }
        known.push(largest(&records(stretches, &fires)));
        if let Some((rule, score)) = again::score(stretch, &known, &rang) {
            scores[at][rule as usize] = Some(score);
            rang.push(at - start);
        }
        ratios.push(ratios_of(&scores[at], &inflations[at], rate));
        first_onsets.push(onsets::first(&ratios[start..]));
        let warm = at - start >= 64;
        let thresholds = thresholds(&fires[start..at], escalation);
        let threshold = |rule: Rule| thresholds[rule.family() as usize];
        let matters = |rule: Rule| is_material(rule, stretch, at - start);
        let over = |&(rule, ratio): &(Rule, f64)| {
            let counts = is_count(rule.family());
            (ratio > threshold(rule) || (counts && ratio == threshold(rule)))
                && (warm || is_early(rule.family()))
                && matters(rule)
        };
        fires.push(ratios[at].iter().copied().filter(over).collect());
        let incident = incident(&fires[start..=at]);
        let (now, before) = match incident.split_last() {
            Some((now, before)) => (now.as_slice(), before),
            None => (&[][..], &[][..]),
        };
        let old = |rule: Rule| before.iter().flatten().any(|&(other, _)| other == rule);
        let new = now.iter().map(|&(rule, _)| rule).filter(|&rule| !old(rule)).collect();
        let near = |&(rule, ratio): &(Rule, f64)| {
            warm && !is_count(rule.family()) && ratio > 0.8 * threshold(rule) && matters(rule)
        };
        let learned = scores[start..=at]
            .iter()
            .any(|row| Rule::ALL.iter().any(|&rule| line(rule).is_some() && row[rule as usize].is_some()));
        let past = records(stretches, &fires);
        let first = at + 1 - start - incident.len();
        let effect = !incident.is_empty() && {
            let record = past.last().expect("one is open");
            (first..=at - start).any(|row| record.is_large(stretch, row))
        };
        let kept = &past[past.len().saturating_sub(32)..];
        let spoiled = run.rows[(at + 1).saturating_sub(32)..=at]
            .iter()
            .any(|row| row.loss.is_some_and(|loss| !loss.is_finite()));
        let status = if fails(incident, effect) || spoiled {
            Status::Failing
        } else if !incident.is_empty() || ratios[at].iter().any(near) {
            Status::Suspect
        } else if !kept.iter().all(|record| record.is_back(stretch, at - start)) {
            Status::Settled
        } else if warm && learned {
            Status::Healthy
        } else {
            Status::WarmingUp
        };
        rows.push((new, status));
    }
    let records = match stretches.last() {
        Some((start, stretch)) => records(&stretches, &fires)
            .into_iter()
            .map(|record| {
                let is_back = record.is_back(stretch, run.rows.len() - 1 - start);
                (record, is_back)
            })
            .collect(),
        None => Vec::new(),
    };
    Judgement { rows, first: first_onsets, records }
}

fn ratios_of(row: &[Option<f64>; Rule::COUNT], inflations: &[f64; Rule::COUNT], rate: f64) -> Fires {
    let ratio = |rule: Rule, value: f64| {
        let k = line(rule).map_or(1.0, |line| line / rate.powf(0.28));
        (rule, value / inflations[rule as usize] / k)
    };
    Rule::ALL.into_iter().filter_map(|rule| Some(ratio(rule, row[rule as usize]?))).collect()
}

/// What an adaptive rule must exceed where one false alarm in 10,000 rows is asked.
pub(crate) fn line(rule: Rule) -> Option<f64> {
    match rule {
        Rule::DriftLoss | Rule::LevelLoss | Rule::JumpLoss => Some(1.05),
        Rule::DriftBoth | Rule::LevelGrad | Rule::FadeGrad | Rule::JumpGrad => Some(1.3),
        Rule::UpdateUp | Rule::UpdateDown | Rule::NoiseFall => Some(1.5),
        _ => None,
    }
}

/// The families that need no baseline.
fn is_early(family: Family) -> bool {
    use Family::{Again, Collapse, Dead, Early, Explosion, LostProgress, Nonfinite, Reference, Resume};
    matches!(
        family,
        Nonfinite | Reference | Explosion | LostProgress | Early | Collapse | Resume | Again | Dead
    )
}

/// The families that count whole things.
fn is_count(family: Family) -> bool {
    family == Family::Frozen || (is_early(family) && family != Family::Reference)
}

/// The rows of the incident that is open in the last row, from its first firing on; empty where none is.
fn incident(fires: &[Fires]) -> &[Fires] {
    let Some(last) = fires.iter().rposition(|row| !row.is_empty()) else { return &[] };
    if fires.len() - 1 - last > CALM {
        return &[];
    }
    let mut first = last;
    while let Some(earlier) = fires[..first].iter().rposition(|row| !row.is_empty())
        && first - earlier <= CALM
    {
        first = earlier;
    }
    &fires[first..]
}

fn fails(incident: &[Fires], is_large: bool) -> bool {
    use Family::{
        Again, Dead, Drawdown, Explosion, Frozen, LearningRate, LostProgress, Nonfinite, Resume, Vanishing,
    };
    let mut families: Vec<Family> = incident.iter().flatten().map(|(rule, _)| rule.family()).collect();
    families.sort();
    families.dedup();
    let certain = |family: &Family| matches!(family, Nonfinite | Frozen | LostProgress | Resume | Dead);
    let severe = |family: &Family| matches!(family, Vanishing | Drawdown | LearningRate | Explosion | Again);
    let rows = incident.iter().filter(|row| !row.is_empty()).count();
    let serious = families.iter().any(severe) || families.len() >= 2 || rows >= 8;
    families.iter().any(certain) || (serious && is_large)
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
        if quiet >= CALM {
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

/// Families that can be a matter of degree escalate, the more so where they have fired.
fn close(thresholds: &mut [f64; Family::COUNT], strongest: &mut [f64; Family::COUNT]) {
    use Family::{Drawdown, Drift, Jump, Level, NoiseShare, Reference, UpdateSize, Vanishing};
    let soft = [Drift, Level, Jump, Vanishing, UpdateSize, NoiseShare, Drawdown, Reference]
        .map(|family| family as usize);
    let fired = soft.iter().any(|&family| strongest[family] > 0.0);
    for family in soft.into_iter().filter(|_| fired) {
        thresholds[family] = if strongest[family] > 0.0 {
            1.5 * strongest[family].max(1.0)
        } else {
            thresholds[family].max(1.5)
        };
    }
    *strongest = [0.0; Family::COUNT];
}

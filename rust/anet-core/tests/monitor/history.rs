//! The incidents of a run, by looking back over what fired, and whether the run is back from them.

use anet_core::Rule;

use super::decision::{CALM, Fires};
use super::twin::stretch::Stretch;

/// The segments of a run, each with its first row.
pub(crate) type Stretches<'a> = [(usize, Stretch<'a>)];

/// An incident, as far as it is known before some row.
#[derive(Debug)]
pub(crate) struct Record {
    pub row: usize,
    pub end: Option<usize>,
    pub before: f64,
    pub highest: f64,
    pub lowest: f64,
    pub gradient: f64,
    tolerance: f64,
    material: f64,
    is_fall: bool,
    announced: bool,
}

/// All incidents of what fired before this row, in which a segment may begin.
pub(crate) fn records(run: &Stretches<'_>, fires: &[Fires]) -> Vec<Record> {
    let now = fires.len();
    let mut records = Vec::new();
    for (at, &(start, ref stretch)) in run.iter().enumerate() {
        let next = run.get(at + 1).map(|next| next.0).filter(|&next| next <= now);
        let firing: Vec<usize> = (start..next.unwrap_or(now)).filter(|&row| !fires[row].is_empty()).collect();
        for incident in firing.chunk_by(|a, b| b - a <= CALM) {
            let (row, last) = (incident[0], incident[incident.len() - 1]);
            // An incident ends in the row that finds it calm, or with its segment.
            let calm = Some(last + CALM + 1).filter(|&end| end < now);
            let end = calm.into_iter().chain(next).min();
            let is_fall = fires[row..=last].iter().flatten().any(|&(rule, _)| rule == Rule::Collapse);
            let record = open(stretch, row - start, (row, end.unwrap_or(now)), is_fall);
            records.push(Record { end, announced: next.is_some(), ..record });
        }
    }
    records
}

fn open(stretch: &Stretch<'_>, at: usize, (row, end): (usize, usize), is_fall: bool) -> Record {
    let loss = stretch.loss(at);
    let medians = || (at..at + end - row).map(|at| stretch.loss(at).median);
    Record {
        row,
        end: None,
        before: loss.usual,
        highest: medians().fold(f64::NAN, f64::max),
        lowest: medians().fold(f64::NAN, f64::min),
        gradient: stretch.gradient(at).usual,
        tolerance: (0.1 * loss.learned())
            .min((0.5 * loss.usual.abs()).max(0.02 * loss.learned()))
            .max(loss.spread),
        material: (0.1 * loss.learned()).max(3.0 * loss.spread),
        is_fall,
        announced: false,
    }
}

impl Record {
    /// Whether the run, in this row of its segment, is back from it.
    pub(crate) fn is_back(&self, stretch: &Stretch<'_>, at: usize) -> bool {
        let (level, gradient) = (stretch.loss(at).level, stretch.gradient(at).level);
        let risen = level > self.before + self.tolerance;
        let fallen = self.is_fall && level < self.before - self.tolerance;
        let louder = gradient > 1.8 * self.gradient;
        let fainter = gradient < 0.1 * self.gradient && level >= self.before;
        self.announced || !(risen || fallen || louder || fainter)
    }

    /// Whether the run has lost so much in this row of its segment that it may be ended.
    pub(crate) fn is_large(&self, stretch: &Stretch<'_>, at: usize) -> bool {
        let (loss, gradient) = (stretch.loss(at), stretch.gradient(at));
        let rise = loss.median - self.before;
        let lost = loss.is_made()
            && loss.learned() >= 2.0 * loss.spread
            && loss.median - loss.best >= 0.35 * loss.learned();
        let of_loss = (lost || rise >= 0.1 * self.before.abs()) && rise >= 2.5 * loss.spread;
        let faint = gradient.median <= 0.1 * self.gradient && loss.median >= self.before;
        of_loss || gradient.mean >= 2.0 * self.gradient || faint
    }
}

/// The level, the highest and the longest of the disturbances that are over.
pub(crate) fn largest(records: &[Record]) -> Option<(f64, f64, usize)> {
    let kept = &records[records.len().saturating_sub(16)..];
    let over: Vec<(&Record, usize)> = kept
        .iter()
        .filter(|record| record.highest - record.before >= record.material && !record.announced)
        .filter_map(|record| Some((record, record.end? - record.row)))
        .collect();
    let highest = over.iter().map(|(record, _)| record.highest).fold(f64::NEG_INFINITY, f64::max);
    let first = over.iter().find(|(record, _)| record.highest == highest)?.0;
    Some((first.before, highest, over.iter().map(|&(_, rows)| rows).max()?))
}

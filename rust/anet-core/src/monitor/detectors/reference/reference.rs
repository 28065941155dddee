//! The first 256 steps of known-good runs, and a new run against them: what its own past cannot tell it yet.

use std::f64::consts::LN_2;

use crate::error::{Result, StateError};
use crate::state::{Fields, Kind, Reader, State, Writer};

use crate::monitor::rules::{RowScores, Rule};

use super::reference_curve::{BLOCK, ReferenceCurve, TRACKS};

/// Runs learn at different speeds: a row is compared with the rows from two thirds of its time to half as late again.
const PACE: f64 = 1.5;
/// Spreads of a block mean outside the band of the good runs that are no chance: with one good run of another seed the
/// zoo has half a false alarm in 10,000 steps (`make zoo`, 2026-11-24).
const SPREADS: f64 = 6.0;
/// Part of the largest value of the good runs below which a loss or a gradient norm is as good as nothing.
const NOTHING: f64 = 0.01;
const LN_1_5: f64 = 0.405_465_108_108_164_4;
const LN_3: f64 = 1.098_612_288_668_109_8;
const LN_5: f64 = 1.609_437_912_434_100_3;

/// How one signal is compared: what is material above the band and below it, in logarithms, and for how many blocks in a
/// row. Good runs differ in their first losses and gradients; a rate is the same in all of them. The factors are of
/// 2026-11-28; `make zoo` measures what they cost.
struct Tolerance {
    rule: Rule,
    above: f64,
    below: f64,
    blocks: usize,
}

const TOLERANCES: [Tolerance; TRACKS] = [
    Tolerance { rule: Rule::EarlyLoss, above: LN_3, below: f64::INFINITY, blocks: 2 },
    Tolerance { rule: Rule::EarlyGrad, above: LN_3, below: LN_5, blocks: 2 },
    Tolerance { rule: Rule::EarlyUpdate, above: LN_2, below: LN_2, blocks: 2 },
    Tolerance { rule: Rule::EarlyRate, above: LN_1_5, below: LN_1_5, blocks: 1 },
];

/// What good runs were like, ready to be compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    curves: Vec<ReferenceCurve>,
    /// By track: the spread of a block mean within a run, of the run where it is widest.
    spreads: [f64; TRACKS],
    /// By track: the largest size of a block mean.
    sizes: [f64; TRACKS],
}

impl Reference {
    /// The reference that runs give; `None` if there is none, or one whose first block is not complete.
    pub(crate) fn of(curves: Vec<ReferenceCurve>) -> Option<Self> {
        if curves.is_empty() || curves.iter().any(|curve| curve.newest().is_none()) {
            return None;
        }
        let mut new = Self { curves, spreads: [0.0; TRACKS], sizes: [1e-300; TRACKS] };
        for track in 0..TRACKS {
            let means = new.curves.iter().flat_map(|curve| curve.track(track));
            new.sizes[track] = means.map(|(_, mean)| mean.abs()).fold(1e-300, f64::max);
            new.spreads[track] = new.curves.iter().map(|curve| new.spread(track, curve)).fold(0.0, f64::max);
        }
        Some(new)
    }

    /// The runs of several references as one: its band holds all of theirs. `None` of none.
    pub fn joined<'a>(references: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        Self::of(references.into_iter().flat_map(|reference| reference.curves.iter().copied()).collect())
    }

    /// Rows that it covers.
    pub fn rows(&self) -> u64 {
        self.curves.iter().map(ReferenceCurve::rows).max().unwrap_or(0)
    }

    /// How many runs it was learned on.
    pub fn runs(&self) -> usize {
        self.curves.len()
    }

    /// Scores the block that the row has just completed. For a run of its first rows only.
    pub(crate) fn judge(&self, curve: &ReferenceCurve, scores: &mut RowScores) {
        let Some(newest) = curve.completed().filter(|_| curve.rows() <= self.rows()) else { return };
        for (track, tolerance) in TOLERANCES.iter().enumerate() {
            let Some(first) = (newest + 1).checked_sub(tolerance.blocks) else { continue };
            let blocks = (first..=newest).map(|block| self.departure(track, block, curve));
            // The least departure of the last blocks: what lasts.
            let lasting = blocks.reduce(|a, b| a.zip(b).map(|(a, b)| if a.1 < b.1 { a } else { b }));
            if let Some((raw, score)) = lasting.flatten() {
                scores.set(tolerance.rule, raw, score);
            }
        }
    }

    /// What a run has shown in its newest block, and the edge of the good runs' band that it is beyond.
    pub(crate) fn compared(&self, rule: Rule, curve: &ReferenceCurve) -> Option<(f64, f64)> {
        let track = TOLERANCES.iter().position(|tolerance| tolerance.rule == rule)?;
        let block = curve.newest()?;
        let (mean, (low, high)) = (curve.mean(track, block)?, self.band(track, block)?);
        Some((mean, if mean < low { low } else { high }))
    }

    /// How far a block mean is outside the band, in logarithms, and over the line; below 0 inside.
    fn departure(&self, track: usize, block: usize, curve: &ReferenceCurve) -> Option<(f64, f64)> {
        let (low, high) = self.band(track, block)?;
        let [low, high, mean] = [low, high, curve.mean(track, block)?].map(|mean| self.compress(track, mean));
        let over = |raw: f64, material: f64| (raw, raw / (SPREADS * self.spreads[track]).max(material));
        let (above, below) =
            (over(mean - high, TOLERANCES[track].above), over(low - mean, TOLERANCES[track].below));
        Some(if below.1 > above.1 { below } else { above })
    }

    /// The lowest and the highest block mean of the good runs around a block.
    fn band(&self, track: usize, block: usize) -> Option<(f64, f64)> {
        let end = |block: usize| ((block + 1) * BLOCK) as f64;
        let (from, to) = (end(block) / PACE - BLOCK as f64, end(block) * PACE + BLOCK as f64);
        let near = |&(other, _): &(usize, f64)| (from..=to).contains(&end(other));
        let means = self.curves.iter().flat_map(|curve| curve.track(track)).filter(near);
        means.map(|(_, mean)| (mean, mean)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The spread of a block mean, from the differences of neighbours.
    fn spread(&self, track: usize, curve: &ReferenceCurve) -> f64 {
        let means: Vec<(usize, f64)> = curve.track(track).collect();
        let neighbours = means.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1);
        let difference =
            |pair: &[(usize, f64)]| self.compress(track, pair[1].1) - self.compress(track, pair[0].1);
        let mut steps: Vec<f64> = neighbours.map(|pair| difference(pair).abs()).collect();
        steps.sort_unstable_by(f64::total_cmp);
        // The median of |x - y| of two normal values is 0.954 of their standard deviation.
        steps.get(steps.len() / 2).map_or(0.0, |step| step / 0.954)
    }

    /// Logarithms, of loss and gradient norm linear near nothing.
    fn compress(&self, track: usize, mean: f64) -> f64 {
        match track {
            0 | 1 => (mean / (NOTHING * self.sizes[track])).asinh(),
            2 => mean,
            _ => mean.max(f64::MIN_POSITIVE).ln(),
        }
    }
}

impl State for Reference {
    const KIND: Kind = Kind::MonitorReference;

    /// The curves, one after another: that of a single run is the whole form of a reference learned on it alone.
    fn write(&self, out: &mut Writer) {
        self.curves.iter().for_each(|curve| curve.save(out));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut curves = Vec::new();
        while !from.is_empty() {
            let mut curve = ReferenceCurve::default();
            curve.load(from)?;
            curves.push(curve);
        }
        Self::of(curves).ok_or(StateError::Field { name: "curve" }.into())
    }
}

//! The first 256 steps of a known-good run, and a new run against them: what its own past cannot tell it yet.

use std::f64::consts::LN_2;

use crate::error::Result;
use crate::state::{Kind, Reader, State, Writer};

use super::board::Board;
use super::fields::{Fields, Io};
use super::score::Score;
use super::signal::Row;

/// Rows that a reference covers: until the run's own baselines are full.
const ROWS: usize = 256;
/// Rows of one block mean.
const BLOCK: usize = 8;
const BLOCKS: usize = ROWS / BLOCK;
/// Runs learn at different speeds: a row is compared with the rows from two thirds of its time to half as late again.
const PACE: f64 = 1.5;
/// What is material, whatever the spread: twice the loss or gradient norm, which differ between good runs, but half as
/// much again of update and rate, which do not.
const MATERIAL: [f64; TRACKS] = [LN_2, LN_2, LN_1_5, LN_1_5];
const LN_1_5: f64 = 0.405_465_108_108_164_4;
/// Spreads of a block mean beyond the good run's highest that are no chance.
const SPREADS: f64 = 6.0;
/// Part of the largest value of the good run below which a loss or a gradient norm is as good as nothing.
const NOTHING: f64 = 0.01;

const TRACKS: usize = 4;
/// Loss, gradient norm, update per unit of rate, learning rate.
const SCORES: [Score; TRACKS] = [Score::EarlyLoss, Score::EarlyGrad, Score::EarlyUpdate, Score::EarlyRate];

/// Block means of the first rows of a run, by track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    means: [[f64; BLOCKS]; TRACKS],
    sums: [f64; TRACKS],
    counts: [u64; TRACKS],
    /// Rows seen, up to 256.
    rows: u64,
}

impl Default for Course {
    fn default() -> Self {
        Self { means: [[f64::NAN; BLOCKS]; TRACKS], sums: [0.0; TRACKS], counts: [0; TRACKS], rows: 0 }
    }
}

impl Course {
    /// Takes a row; after 256 it changes no more.
    pub(crate) fn push(&mut self, row: &Row) {
        if self.rows >= ROWS as u64 {
            return;
        }
        for (track, value) in tracks(row).into_iter().enumerate() {
            if let Some(value) = value {
                self.sums[track] += value;
                self.counts[track] += 1;
            }
        }
        self.rows += 1;
        if self.rows.is_multiple_of(BLOCK as u64) {
            self.close((self.rows as usize / BLOCK - 1).min(BLOCKS - 1));
        }
    }

    fn close(&mut self, block: usize) {
        for track in 0..TRACKS {
            if self.counts[track] > 0 {
                self.means[track][block] = self.sums[track] / self.counts[track] as f64;
            }
        }
        (self.sums, self.counts) = ([0.0; TRACKS], [0; TRACKS]);
    }

    /// Rows seen, up to 256.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// The newest block mean that a score is about.
    pub(crate) fn newest_of(&self, score: Score) -> Option<f64> {
        self.newest(SCORES.into_iter().position(|known| known == score)?)
    }

    fn newest(&self, track: usize) -> Option<f64> {
        let block = (self.rows as usize / BLOCK).checked_sub(1)?.min(BLOCKS - 1);
        Some(self.means[track][block]).filter(|mean| mean.is_finite())
    }
}

/// What a good run was like, ready to be compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    course: Course,
}

impl Reference {
    /// The reference that a run gives; `None` before its first block is complete.
    pub(crate) fn of(course: &Course) -> Option<Self> {
        (course.rows >= BLOCK as u64).then_some(Self { course: *course })
    }

    /// Rows that it covers.
    pub fn rows(&self) -> u64 {
        self.course.rows
    }

    /// Scores the block that the row has just completed. For a run of its first rows only.
    pub(crate) fn judge(&self, course: &Course, board: &mut Board) {
        if course.rows > self.course.rows || !course.rows.is_multiple_of(BLOCK as u64) {
            return;
        }
        for (track, score) in SCORES.into_iter().enumerate() {
            if let (Some(mean), Some((highest, spread))) =
                (course.newest(track), self.band(track, course.rows))
            {
                let raw = self.compress(track, mean) - highest;
                board.set(score, raw, raw / (SPREADS * spread).max(MATERIAL[track]));
            }
        }
    }

    /// What the good run's block means were at most around a row, in the units of the track.
    pub(crate) fn expected(&self, score: Score, rows: u64) -> Option<f64> {
        let track = SCORES.into_iter().position(|known| known == score)?;
        self.around(track, rows).map(|(_, mean)| mean).reduce(f64::max)
    }

    /// The highest compressed mean around a row, and the spread of all differences of neighbours.
    fn band(&self, track: usize, rows: u64) -> Option<(f64, f64)> {
        let highest =
            self.around(track, rows).map(|(_, mean)| self.compress(track, mean)).reduce(f64::max)?;
        let known = |block: usize| Some(self.course.means[track][block]).filter(|mean| mean.is_finite());
        let steps = (1..BLOCKS)
            .filter_map(|block| {
                Some(self.compress(track, known(block)?) - self.compress(track, known(block - 1)?))
            })
            .map(f64::abs);
        let mut steps: Vec<f64> = steps.collect();
        steps.sort_unstable_by(f64::total_cmp);
        // The median of |x - y| of two normal values is 0.954 of their standard deviation.
        let spread = steps.get(steps.len() / 2).map_or(0.0, |step| step / 0.954);
        Some((highest, spread))
    }

    fn around(&self, track: usize, rows: u64) -> impl Iterator<Item = (usize, f64)> + '_ {
        let (from, to) = (rows as f64 / PACE - BLOCK as f64, rows as f64 * PACE + BLOCK as f64);
        let near = move |&(block, mean): &(usize, f64)| {
            let end = ((block + 1) * BLOCK) as f64;
            mean.is_finite() && from <= end && end <= to
        };
        self.course.means[track].iter().copied().enumerate().filter(near)
    }

    /// Logarithms, of loss and gradient norm linear near nothing.
    fn compress(&self, track: usize, mean: f64) -> f64 {
        match track {
            0 | 1 => (mean / (NOTHING * self.largest(track))).asinh(),
            2 => mean,
            _ => mean.max(f64::MIN_POSITIVE).ln(),
        }
    }

    fn largest(&self, track: usize) -> f64 {
        let sizes = self.course.means[track].iter().filter(|mean| mean.is_finite()).map(|mean| mean.abs());
        sizes.fold(1e-300, f64::max)
    }
}

/// The values of a row that a course averages: finite ones only, cut so that no sum overflows.
fn tracks(row: &Row) -> [Option<f64>; TRACKS] {
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let positive = |value: Option<f64>| finite(value).filter(|&value| value > 0.0);
    let update = positive(row.step_norm).zip(positive(row.lr)).map(|(step, lr)| step.ln() - lr.ln());
    [finite(row.loss), finite(row.grad_norm), update, finite(row.lr)]
        .map(|value| value.map(|value| value.clamp(-1e300, 1e300)))
}

impl Fields for Course {
    fn fields(&mut self, io: &mut impl Io) -> Result<()> {
        self.means.iter_mut().try_for_each(|track| io.numbers(track))?;
        io.numbers(&mut self.sums)?;
        self.counts.iter_mut().try_for_each(|count| io.count(count))?;
        io.at_most(&mut self.rows, ROWS as u64)
    }
}

impl State for Reference {
    const KIND: Kind = Kind::MonitorReference;

    fn write(&self, out: &mut Writer) {
        let mut course = self.course;
        course.fields(out).expect("writing cannot fail");
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut course = Course::default();
        course.fields(from)?;
        Ok(Self { course })
    }
}

//! Zeros by their ordinals, counted at both ends.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::counting_function;
use crate::double::Double;
use crate::error::{Error, Result};
use crate::riemann_siegel::grid::{Block, Place};
use crate::riemann_siegel::logarithms::Logarithms;
use crate::riemann_siegel::newton_refine;
use crate::riemann_siegel::newton_refine::Sharpen;
use crate::riemann_siegel::roots::{Found, Hidden, Locate};
use crate::riemann_siegel::samples::{Samples, Scratch, group, logarithms};
use crate::riemann_siegel::turing::{Count, LOWEST};
use crate::smooth::inversion::{ITERATIONS, invert};
use anet_simd::Level;

/// The highest ordinal: its height is just below the highest of the grid.
pub const LAST: u64 = 132_000_000_000_000;

/// Zeros counted on either side of an end, and what S may shift them by.
const STRETCH: f64 = 50.0;
const SLACK: f64 = 6.0;

/// Below this ordinal a range begins at the bottom, where the count needs no proof: the bound on S holds above 168π only.
const FROM_BOTTOM: u64 = 500;

/// Heights with fewer zeros between them are counted in one go.
const NEIGHBOURS: u64 = 200;

/// Just below the first zero.
const FIRST_ZERO: f64 = 14.13;

/// Below the height of the last ordinal.
const HIGHEST_COUNTED: f64 = 2.9e13;

/// Each failed count halves the spacing; after so many the range is given up.
const REFINEMENTS: u32 = 4;

/// How the work is done.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    level: Level,
    threads: usize,
    go_on: &'a (dyn Fn(f64) -> bool + Sync),
    hidden: Hidden,
    refinements: u32,
}

impl<'a> Options<'a> {
    /// One thread, the fastest instruction set, no interruption.
    pub fn new() -> Self {
        let (level, hidden) = (Level::detect(), Hidden::Searched);
        Self { level, threads: 1, go_on: &|_| true, hidden, refinements: REFINEMENTS }
    }

    /// On an instruction set of choice: all give the same bits.
    pub fn on(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// On up to so many threads: any number gives the same bits.
    pub fn threads(self, threads: usize) -> Self {
        Self { threads, ..self }
    }

    /// Asks now and then, on the calling thread, with the fraction done; `false` ends the work.
    pub fn watched(self, go_on: &'a (dyn Fn(f64) -> bool + Sync)) -> Self {
        Self { go_on, ..self }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Consecutive zeros, and what proves that none is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Zeros {
    /// The heights, rounded.
    pub heights: Vec<f64>,
    /// What rounding left out: height + low is good to about 1e-13.
    pub low: Vec<f64>,
    /// The count.
    pub certificate: Certificate,
}

/// The counts at the ends of a range, and the zeros found between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    /// At the lower end; `None` where the range begins below the first zero.
    pub lower: Option<Count>,
    /// At the upper end.
    pub upper: Count,
    /// Zeros found between the ends: the difference of the counts.
    pub found: u64,
    /// How often the spacing of samples was halved before the counts agreed.
    pub refinements: u32,
}

/// Why zeros were not given.
pub enum Stopped {
    /// The caller asked to stop.
    Asked,
    /// The range cannot be had.
    Error(Error),
}

/// The zeros of the ordinals `first` to `first + count − 1`.
///
/// # Errors
/// [`Stopped::Asked`], or an [`Error`] where ordinals are out of range or the count does not come out.
///
/// ```
/// use anet_zeta::riemann_siegel::zeros::{Options, zeros};
/// let found = zeros(1, 3, &Options::new()).ok().expect("not asked to stop");
/// assert_eq!(found.heights, [14.134725141734695, 21.022039638771556, 25.01085758014569]);
/// assert!(found.certificate.upper.number().is_some());
/// ```
pub fn zeros(first: u64, count: usize, options: &Options<'_>) -> std::result::Result<Zeros, Stopped> {
    ordinals("first", first.into(), "count", count as i128)?;
    let counted = Range::of(first, count.max(1) as u64).counted(options)?;
    let start = (first - 1 - counted.below) as usize;
    let wanted = &counted.zeros[start..start + count];
    Ok(Zeros {
        heights: wanted.iter().map(|zero| zero.high).collect(),
        low: wanted.iter().map(|zero| zero.low).collect(),
        certificate: counted.certificate,
    })
}

/// N(T), the number of zeros up to each of some heights: a zero at T itself counts.
///
/// # Errors
/// [`Stopped::Asked`], or an [`Error`] for a height that is not a number or above 2.9e13, or where the count does not
/// come out.
pub fn zero_count(heights: &[f64], options: &Options<'_>) -> std::result::Result<Vec<u64>, Stopped> {
    if let Some(bad) = heights.iter().find(|height| height.is_nan() || **height > HIGHEST_COUNTED) {
        return Err(Error::float("T", "at most 2.9e13", *bad).into());
    }
    let ordinal = |index: usize| counting_function(heights[index]).max(1.0) as u64;
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_unstable_by(|&a, &b| heights[a].total_cmp(&heights[b]));
    let mut counts = vec![0; heights.len()];
    let near = |a: &usize, b: &usize| ordinal(*b) - ordinal(*a) < NEIGHBOURS;
    for group in order.chunk_by(near).filter(|group| heights[group[group.len() - 1]] > FIRST_ZERO) {
        let (low, high) = (ordinal(group[0]), ordinal(group[group.len() - 1]));
        let counted = Range::of(low, high - low + 1).counted(options)?;
        for &index in group {
            counts[index] = counted.below + counted.up_to(heights[index]) as u64;
        }
    }
    Ok(counts)
}

/// Zeros of a range, the number below them, and the proof.
struct Counted {
    below: u64,
    /// From the first above the lower end on.
    zeros: Vec<Double>,
    certificate: Certificate,
}

impl Counted {
    fn up_to(&self, height: f64) -> usize {
        self.zeros.partition_point(|zero| zero.high < height || (zero.high == height && zero.low <= 0.0))
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// A first ordinal and a count, as [`zeros`] takes them.
///
/// # Errors
/// [`Error::OutOfDomain`] for a first ordinal below 1, a negative count, and a last ordinal above [`LAST`].
pub fn ordinals(
    first_name: &'static str,
    first: i128,
    count_name: &'static str,
    count: i128,
) -> Result<(u64, usize)> {
    if first < 1 {
        return Err(Error::integer(first_name, "at least 1", first));
    }
    if count < 0 {
        return Err(Error::integer(count_name, "at least 0", count));
    }
    let last = first.saturating_add((count - 1).max(0));
    if last > LAST.into() {
        return Err(Error::integer("the last ordinal", "at most 132000000000000", last));
    }
    Ok((first as u64, count as usize))
}

/// Heights to search, and the two at which to count.
#[derive(Debug, Clone, Copy)]
struct Range {
    bottom: f64,
    lower: f64,
    upper: f64,
    top: f64,
}

impl Range {
    fn of(first: u64, count: u64) -> Self {
        let at = |ordinal: f64| invert(ordinal, ITERATIONS);
        let last = (first + count - 1).max(FROM_BOTTOM) as f64;
        let (upper, top) = (at(last + STRETCH + SLACK), at(last + 2.0 * STRETCH + SLACK));
        if first <= FROM_BOTTOM {
            return Self { bottom: 10.0, lower: 10.0, upper, top };
        }
        let first = first as f64;
        Self { bottom: at(first - 2.0 * STRETCH - SLACK), lower: at(first - STRETCH - SLACK), upper, top }
    }

    /// The zeros above the lower end, sampled ever more densely until the counts agree with them.
    fn counted(&self, options: &Options<'_>) -> std::result::Result<Counted, Stopped> {
        for refinements in 0..=options.refinements {
            let mut zeros = self.find(refinements, options).ok_or(Stopped::Asked)?;
            if let Some((below, certificate)) = self.certify(&zeros, refinements) {
                zeros.drain(..zeros.partition_point(|zero| zero.high <= self.lower));
                return Ok(Counted { below, zeros, certificate });
            }
        }
        Err(Error::Uncounted { from: self.bottom, to: self.top }.into())
    }

    /// All zeros of the blocks that cover the range. `None` if asked to stop.
    fn find(&self, refinements: u32, options: &Options<'_>) -> Option<Vec<Double>> {
        let mut blocks = Vec::new();
        let mut place = Place::of(self.bottom);
        while place.block().start < self.top {
            blocks.push((0..refinements).fold(place.block(), |block, _| block.refined()));
            place = place.next();
        }
        let logs = Logarithms::new(blocks.iter().map(logarithms).max().unwrap_or(0));
        search(&blocks, &logs, options)
    }

    /// The number of zeros below the lower end and the proof, if the counts agree with the zeros found.
    fn certify(&self, found: &[Double], refinements: u32) -> Option<(u64, Certificate)> {
        let (lower, below) = if self.lower == self.bottom {
            (None, 0)
        } else {
            let count = Count::about(self.lower, (self.lower - self.bottom, self.reach_up()), found);
            (Some(count), count.number()?)
        };
        let down = (self.upper - self.bottom.max(LOWEST)).min(self.top - self.upper);
        let upper = Count::about(self.upper, (down, self.top - self.upper), found);
        let number = upper.number()?;
        let inside = found.partition_point(|zero| zero.high <= self.upper)
            - found.partition_point(|zero| zero.high <= self.lower);
        let found = inside as u64;
        (number == below + found).then_some((below, Certificate { lower, upper, found, refinements }))
    }

    fn reach_up(&self) -> f64 {
        (self.top - self.lower).min(self.lower - self.bottom)
    }
}

/// The zeros of the blocks, in order, on several threads.
fn search(blocks: &[Block], logs: &Logarithms, options: &Options<'_>) -> Option<Vec<Double>> {
    let groups = groups(blocks, options.threads);
    let results: Vec<Mutex<Vec<Double>>> = groups.iter().map(|_| Mutex::default()).collect();
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = |go_on: &dyn Fn(f64) -> bool| {
        let mut desk = Desk::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= groups.len() || stopped.load(Ordering::Relaxed) {
                return;
            }
            if !go_on(index as f64 / groups.len() as f64) {
                stopped.store(true, Ordering::Relaxed);
                return;
            }
            let zeros = of_blocks(groups[index], logs, options, &mut desk);
            if let Ok(mut slot) = results[index].lock() {
                *slot = zeros;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..options.threads.min(groups.len()) {
            scope.spawn(|| work(&|_| true));
        }
        work(options.go_on);
    });
    let taken: Vec<_> = results.into_iter().map(|slot| slot.into_inner().unwrap_or_default()).collect();
    (!stopped.into_inner()).then(|| taken.concat())
}

/// Neighbours of one spacing that are worked on together; no more than leaves every thread something to do.
fn groups(blocks: &[Block], threads: usize) -> Vec<&[Block]> {
    let fair = blocks.len().div_ceil(threads.max(1));
    let alike = |a: &Block, b: &Block| a.mode == b.mode && a.spacing == b.spacing;
    blocks.chunk_by(alike).flat_map(|run| run.chunks(group(&run[run.len() - 1]).min(fair))).collect()
}

/// The memory of a thread.
#[derive(Default)]
struct Desk {
    samples: Vec<f64>,
    found: Found,
    work: Scratch,
}

fn of_blocks(blocks: &[Block], logs: &Logarithms, options: &Options<'_>, desk: &mut Desk) -> Vec<Double> {
    let Desk { samples, found, work } = desk;
    let Options { level, hidden, .. } = *options;
    let all = Samples::new(blocks, logs, level, work);
    let mut zeros = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        all.of(index, samples, work);
        let before = zeros.len();
        level.run(Locate { samples, block: *block, level, hidden, found, zeros: &mut zeros });
        if block.start < newton_refine::HIGHEST {
            level.run(Sharpen { block: *block, roots: &found.roots, zeros: &mut zeros[before..], logs });
        }
    }
    zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(first: u64, count: usize, options: &Options<'_>) -> Zeros {
        zeros(first, count, options).ok().expect("the count comes out")
    }

    #[test]
    fn every_level_and_any_number_of_threads_gives_the_same_bits() {
        for (first, count) in [(1, 600), (22_400, 300), (58_000, 3_000), (1_000_000, 20)] {
            let want = found(first, count, &Options::new().on(Level::portable()));
            for level in Level::all_supported() {
                for threads in [1, 3] {
                    let got = found(first, count, &Options::new().on(level).threads(threads));
                    assert!(got == want, "{} on {threads} threads", level.name());
                }
            }
        }
    }

    #[test]
    fn the_count_reports_a_missing_pair_and_denser_samples_find_it() {
        // Lehmer's pair, 6709 and 6710, lies between two samples.
        let blind = Options { hidden: Hidden::Ignored, ..Options::new() };
        let (got, want) = (found(6700, 20, &blind), found(6700, 20, &Options::new()));
        assert!(got.certificate.refinements > 0);
        assert_eq!(want.certificate.refinements, 0);
        for (a, b) in got.heights.iter().zip(&want.heights) {
            assert!((a - b).abs() < 1e-11, "{a} {b}");
        }
    }

    #[test]
    fn a_range_that_cannot_be_counted_gives_no_list() {
        let blind = Options { hidden: Hidden::Ignored, refinements: 0, ..Options::new() };
        let Err(Stopped::Error(error)) = zeros(6700, 20, &blind) else {
            panic!("Lehmer's pair was not missed")
        };
        let text = error.to_string();
        assert!(text.starts_with("the zeros between the heights 6902."), "{text}");
        assert!(text.ends_with(" could not be counted: none is given"), "{text}");
    }

    #[test]
    fn a_search_stops_when_asked() {
        let go_on = |_: f64| false;
        assert!(matches!(zeros(1, 10, &Options::new().watched(&go_on)), Err(Stopped::Asked)));
    }

    #[test]
    fn ordinals_out_of_range_are_named() {
        let text = |first, count| match ordinals("start", first, "count", count) {
            Err(error) => error.to_string(),
            Ok(_) => String::new(),
        };
        assert_eq!(text(0, 1), "start must be at least 1, got 0");
        assert_eq!(text(1, -1), "count must be at least 0, got -1");
        assert_eq!(
            text(1 << 50, 1),
            "the last ordinal must be at most 132000000000000, got 1125899906842624"
        );
        assert_eq!(text(1, 0), "");
    }
}

//! Distances of the newest lag vector to its nearest neighbours among those of the past, and where these stand.

use crate::detect::neighbour::Match;
use crate::detect::shape::mirrored_ring::MirroredRing;
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::{GROUP, LONG_GROUPS, LagGroup, Level, NEAREST, SHORT_GROUPS};

/// Mean distance to the five nearest lag vectors, for several lengths w.
///
/// The lag vector at t is (U_t, ..., U_{t-w+1}); its candidates are those at t − j, j = w+1 .. min(t−w+1, R+w), in a memory of
/// R values: none that overlaps it, none from before the start. With U = 0 before the start the squared distances follow
/// D_w\[j\] += (U_t − U_{t−j})² − (U_{t−w} − U_{t−w−j})², exactly, in integers.
#[derive(Debug, Clone)]
pub(crate) struct LagKnn<const N: usize> {
    level: Level,
    unit: f64,
    past: MirroredRing,
    /// What is found of each length; saved with the past, or alone by whoever refills that.
    pub(super) lengths: [LagVectors; N],
}

/// How many values a lag vector is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Memory {
    /// 1024.
    Short,
    /// 4096.
    Long,
}

impl Memory {
    /// Values.
    pub(crate) const fn lags(self) -> usize {
        self.groups() * GROUP
    }

    const fn groups(self) -> usize {
        match self {
            Self::Short => SHORT_GROUPS,
            Self::Long => LONG_GROUPS,
        }
    }
}

/// The lag vectors of one length.
#[derive(Debug, Clone)]
pub(super) struct LagVectors {
    w: usize,
    /// 1 / w, exact for powers of two.
    share: f64,
    early: f64,
    /// The squared distance at each lag.
    distances: Box<[LagGroup]>,
    /// The lags of the five nearest, the nearest first; 0 while there are none.
    lags: [u16; NEAREST],
}

impl<const N: usize> LagKnn<N> {
    /// Lengths, the memory, the value of U that stands for one, and what to say before there are five candidates.
    pub(crate) fn new(level: Level, lengths: [usize; N], memory: Memory, unit: f64, early: [f64; N]) -> Self {
        let longest = lengths.into_iter().max().unwrap_or(0);
        Self {
            level,
            unit,
            past: MirroredRing::new(memory.lags() + 2 * longest + 1),
            lengths: std::array::from_fn(|i| LagVectors::new(lengths[i], memory, early[i])),
        }
    }

    /// The value of each length at sample number `t`; NaN where the lag vector is longer than the `since` values that
    /// came after a long gap.
    pub(crate) fn push(&mut self, t: u64, since: u64, value: f64) -> [f64; N] {
        self.past.push(self.quantise(value));
        let past = self.past.newest_first();
        let step = 1.0 / self.unit;
        self.lengths.each_mut().map(|length| {
            let value = length.push(self.level, t, past, step);
            if since < length.w as u64 { f64::NAN } else { value }
        })
    }

    fn quantise(&self, value: f64) -> i16 {
        (self.unit * value + 0.5).floor() as i16
    }

    /// The lags of the five nearest candidates of one length; none before there are five.
    pub(crate) fn lags(&self, length: usize) -> &[u16] {
        let lags = &self.lengths[length].lags;
        if lags[0] == 0 { &[] } else { lags }
    }

    /// The nearest candidates of one length at sample number `t`, the nearest first, of equals the latest.
    pub(crate) fn nearest(&self, t: u64, length: usize) -> Vec<Match> {
        let length = &self.lengths[length];
        let candidates = length
            .distances
            .iter()
            .flat_map(|group| group.0)
            .zip(length.w as u64 + 1..)
            .take(length.candidates(t));
        let mut nearest: Vec<(i32, u64)> = candidates.collect();
        nearest.sort_unstable();
        nearest.truncate(NEAREST);
        let nearby = |(distance, age)| Match { age, distance: length.root(distance) / self.unit };
        nearest.into_iter().map(nearby).collect()
    }

    /// Puts other values into the past, the newest first; those before them are 0.
    pub(crate) fn refill(&mut self, newest_first: impl Iterator<Item = f64>) -> Result<()> {
        let values: Vec<i16> =
            newest_first.take(self.past.newest_first().len()).map(|y| self.quantise(y)).collect();
        self.past.refill(&values);
        self.recompute()
    }

    /// All else follows from the past.
    fn recompute(&mut self) -> Result<()> {
        let past = self.past.newest_first();
        self.lengths.iter_mut().try_for_each(|length| length.recompute(past))
    }
}

fields!([const N: usize] LagKnn<N> { past, lengths } then recompute);
fields!(LagVectors { lags });

impl LagVectors {
    fn new(w: usize, memory: Memory, early: f64) -> Self {
        let distances = vec![LagGroup::default(); memory.groups()].into();
        Self { w, share: 1.0 / w as f64, early, distances, lags: [0; NEAREST] }
    }

    fn push(&mut self, level: Level, t: u64, past: &[i16], step: f64) -> f64 {
        let candidates = self.candidates(t);
        // Where one is near, it is likely still near one sample later.
        let guess = self.lags.map(|lag| lag.saturating_sub(self.w as u16 + 1));
        let found = level.slide(&mut self.distances, past, self.w, candidates, &guess);
        if candidates < NEAREST {
            return self.early;
        }
        self.lags = found.places.map(|place| place + self.w as u16 + 1);
        found.distances.map(|distance| self.root(distance)).iter().sum::<f64>() / NEAREST as f64 * step
    }

    /// How many lag vectors lie in the past at sample number `t`.
    fn candidates(&self, t: u64) -> usize {
        (t + 1).saturating_sub(2 * self.w as u64).min(self.lags_kept() as u64) as usize
    }

    fn root(&self, distance: i32) -> f64 {
        (f64::from(distance) * self.share).sqrt()
    }

    fn lags_kept(&self) -> usize {
        self.distances.len() * GROUP
    }

    /// The distances from nothing but the past; exact, since they are integers.
    fn recompute(&mut self, past: &[i16]) -> Result<()> {
        let vector = &past[..self.w];
        for (i, distance) in self.distances.iter_mut().flat_map(|group| &mut group.0).enumerate() {
            let candidate = &past[self.w + 1 + i..];
            let squares = vector.iter().zip(candidate).map(|(&a, &b)| (i32::from(a) - i32::from(b)).pow(2));
            *distance = squares.sum();
        }
        let lags = self.w + 1..self.w + 1 + self.lags_kept();
        let possible =
            self.lags == [0; NEAREST] || self.lags.iter().all(|&lag| lags.contains(&usize::from(lag)));
        if possible { Ok(()) } else { Err(StateError::Field { name: "lags" }.into()) }
    }
}

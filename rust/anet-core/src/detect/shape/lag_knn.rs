//! LagDistances of the newest lag vector to its nearest neighbours among those of the past.

use crate::detect::neighbour::Match;
use crate::detect::shape::mirrored_ring::MirroredRing;
use crate::error::Result;
use crate::state::fields;
use anet_simd::Level;
use anet_simd::{LAGS, LagDistances, NEAREST};

/// Mean distance to the five nearest lag vectors, for several lengths w.
///
/// The lag vector at t is (U_t, ..., U_{t-w+1}); its candidates are those at t − j, j = w+1 .. min(t−w+1, 1024+w): none that
/// overlaps it, none from before the start. With U = 0 before the start the squared distances follow
/// D_w\[j\] += (U_t − U_{t−j})² − (U_{t−w} − U_{t−w−j})², exactly, in integers.
#[derive(Debug, Clone)]
pub(crate) struct LagKnn<const N: usize> {
    level: Level,
    unit: f64,
    past: MirroredRing,
    lengths: [LagVectors; N],
}

/// The lag vectors of one length.
#[derive(Debug, Clone)]
struct LagVectors {
    w: usize,
    /// 1 / w, exact for powers of two.
    share: f64,
    early: f64,
    distances: Box<LagDistances>,
}

impl<const N: usize> LagKnn<N> {
    /// Lengths, the value of U that stands for one, and what to say before there are five candidates.
    pub(crate) fn new(level: Level, lengths: [usize; N], unit: f64, early: [f64; N]) -> Self {
        let longest = lengths.into_iter().max().unwrap_or(0);
        Self {
            level,
            unit,
            past: MirroredRing::new(LAGS + 2 * longest + 1),
            lengths: std::array::from_fn(|i| LagVectors::new(lengths[i], early[i])),
        }
    }

    /// The value of each length at sample number `t`; NaN where the lag vector is longer than the `since` values that
    /// came after a long gap.
    pub(crate) fn push(&mut self, t: u64, since: u64, value: f64) -> [f64; N] {
        self.past.push((self.unit * value + 0.5).floor() as i16);
        let past = self.past.newest_first();
        let step = 1.0 / self.unit;
        self.lengths.each_mut().map(|length| {
            let value = length.push(self.level, t, past, step);
            if since < length.w as u64 { f64::NAN } else { value }
        })
    }

    /// The nearest candidates of one length at sample number `t`, the nearest first, of equals the latest.
    pub(crate) fn nearest(&self, t: u64, length: usize) -> Vec<Match> {
        let length = &self.lengths[length];
        let candidates = length.distances.0.iter().zip(length.w as u64 + 1..).take(length.candidates(t));
        let mut nearest: Vec<(i32, u64)> = candidates.map(|(&distance, age)| (distance, age)).collect();
        nearest.sort_unstable();
        nearest.truncate(NEAREST);
        let nearby = |(distance, age)| Match { age, distance: length.root(distance) / self.unit };
        nearest.into_iter().map(nearby).collect()
    }

    /// All else follows from the past.
    fn recompute(&mut self) -> Result<()> {
        let past = self.past.newest_first();
        self.lengths.iter_mut().for_each(|length| length.recompute(past));
        Ok(())
    }
}

fields!([const N: usize] LagKnn<N> { past } then recompute);

impl LagVectors {
    fn new(w: usize, early: f64) -> Self {
        Self { w, share: 1.0 / w as f64, early, distances: Box::default() }
    }

    fn push(&mut self, level: Level, t: u64, past: &[i16], step: f64) -> f64 {
        let candidates = self.candidates(t);
        let smallest = level.slide(&mut self.distances, past, self.w, candidates);
        if candidates < NEAREST {
            return self.early;
        }
        smallest.map(|distance| self.root(distance)).iter().sum::<f64>() / NEAREST as f64 * step
    }

    /// How many lag vectors lie in the past at sample number `t`.
    fn candidates(&self, t: u64) -> usize {
        (t + 1).saturating_sub(2 * self.w as u64).min(LAGS as u64) as usize
    }

    fn root(&self, distance: i32) -> f64 {
        (f64::from(distance) * self.share).sqrt()
    }

    /// The distances from nothing but the past; exact, since they are integers.
    fn recompute(&mut self, past: &[i16]) {
        let vector = &past[..self.w];
        for (i, distance) in self.distances.0.iter_mut().enumerate() {
            let candidate = &past[self.w + 1 + i..];
            let squares = vector.iter().zip(candidate).map(|(&a, &b)| (i32::from(a) - i32::from(b)).pow(2));
            *distance = squares.sum();
        }
    }
}

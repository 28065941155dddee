//! The nearest lag vectors of the past, found while their distances are brought up to date.
//!
//! One step of the squared distances between the newest w values and those that end w + 1 + i values earlier is
//!
//! distances\[i\] += (past\[0\] − past\[w+1+i\])² − (past\[w\] − past\[2w+1+i\])²;
//!
//! wanted are the five smallest of the first `candidates`. `past` stands newest first and within ±1600, so that differences
//! fit 16 bits and squared distances of up to 64 values fit 32. At least five candidates must lie within `limit`, where
//! there are so many: a good guess spares most of the search.

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
pub(super) mod portable;

/// Neighbours kept.
pub const K: usize = 5;
/// Lags compared.
pub const LAGS: usize = 1024;

/// The five smallest distances so far, each with the number of its candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Smallest {
    /// Distances, ascending.
    pub distances: [i32; K],
    /// Candidates, in the same order.
    pub candidates: [u16; K],
    limit: i32,
}

impl Smallest {
    /// None yet, and none above `limit` will be taken.
    pub fn within(limit: i32) -> Self {
        Self { distances: [i32::MAX; K], candidates: [u16::MAX; K], limit }
    }

    fn offer(&mut self, distance: i32, candidate: usize) {
        if distance > self.limit {
            return;
        }
        let mut place = K - 1;
        while place > 0 && self.distances[place - 1] > distance {
            self.distances[place] = self.distances[place - 1];
            self.candidates[place] = self.candidates[place - 1];
            place -= 1;
        }
        self.distances[place] = distance;
        self.candidates[place] = candidate as u16;
        self.limit = self.limit.min(self.distances[K - 1] - 1);
    }
}

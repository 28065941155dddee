//! The mean of the largest few of many numbers, kept up to date.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A number with a total order, so that a heap can hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct TotalOrder(f64);

impl Eq for TotalOrder {}

impl PartialOrd for TotalOrder {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TotalOrder {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The `k` largest numbers seen since [`TopK::clear`]: a heap of k, since k is the user's and may be large.
#[derive(Debug, Clone, Default)]
pub(super) struct TopK {
    /// The smallest of them on top.
    kept: BinaryHeap<Reverse<TotalOrder>>,
    sorted: Vec<f64>,
}

impl TopK {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }

    /// Takes more numbers, none of them NaN.
    pub(super) fn extend(&mut self, k: usize, numbers: &[f64]) {
        let (fill, rest) = numbers.split_at(numbers.len().min(k - self.kept.len()));
        self.kept.extend(fill.iter().map(|number| Reverse(TotalOrder(*number))));
        let Some(mut least) = self.kept.peek().map(|least| least.0.0) else { return };
        for &number in rest {
            if number > least {
                *self.kept.peek_mut().expect("k is at least 1") = Reverse(TotalOrder(number));
                least = self.kept.peek().expect("k is at least 1").0.0;
            }
        }
    }

    /// Their mean, added from the largest down; `None` where there are none.
    pub(super) fn mean(&mut self) -> Option<f64> {
        if self.kept.is_empty() {
            return None;
        }
        self.sorted.clear();
        self.sorted.extend(self.kept.iter().map(|kept| kept.0.0));
        self.sorted.sort_unstable_by(|a, b| b.total_cmp(a));
        Some(self.sorted.iter().sum::<f64>() / self.sorted.len() as f64)
    }
}

//! The mean of the largest few of many numbers, kept up to date.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A cosine with a total order.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cosine(f64);

impl Eq for Cosine {}

impl PartialOrd for Cosine {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cosine {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The `k` largest numbers seen since [`Top::clear`].
#[derive(Debug, Clone, Default)]
pub struct Top {
    /// The smallest of them on top.
    kept: BinaryHeap<Reverse<Cosine>>,
    sorted: Vec<f64>,
}

impl Top {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// Takes more numbers, none of them NaN.
    pub fn extend(&mut self, k: usize, numbers: &[f64]) {
        let (fill, rest) = numbers.split_at(numbers.len().min(k - self.kept.len()));
        self.kept.extend(fill.iter().map(|number| Reverse(Cosine(*number))));
        let Some(mut least) = self.kept.peek().map(|least| least.0.0) else { return };
        for &number in rest {
            if number > least {
                *self.kept.peek_mut().expect("k is at least 1") = Reverse(Cosine(number));
                least = self.kept.peek().expect("k is at least 1").0.0;
            }
        }
    }

    /// Their mean, added from the largest down; `None` where there are none.
    pub fn mean(&mut self) -> Option<f64> {
        if self.kept.is_empty() {
            return None;
        }
        self.sorted.clear();
        self.sorted.extend(self.kept.iter().map(|kept| kept.0.0));
        self.sorted.sort_unstable_by(|a, b| b.total_cmp(a));
        Some(self.sorted.iter().sum::<f64>() / self.sorted.len() as f64)
    }
}

//! How rare the tokens of the last samples are, by their counts before each.

use crate::twin::moments::newest_mean;
use crate::twin::tokens::Counts;

/// Means over the `last` values. Of value `t` only the first `whole(t)` keys are judged: the others reach over a gap.
pub(crate) fn rarity<K: Ord + Clone>(
    bags: &[Vec<K>],
    last: usize,
    whole: impl Fn(usize) -> usize,
) -> Vec<f64> {
    let mut counts = Counts::new();
    let mut surprises = Vec::new();
    let mean = |(t, bag): (usize, &Vec<K>)| {
        let judged = &bag[..whole(t)];
        let surprise = |key: &K| ((counts.samples + 1.0) / (counts.of(key) + 0.5)).ln().max(0.0);
        let sum: f64 = judged.iter().map(surprise).sum();
        // The first sample surprises nobody.
        surprises.push(if t == 0 { 0.0 } else { sum / judged.len() as f64 });
        counts.push(bag);
        newest_mean(&surprises, last)
    };
    bags.iter().enumerate().map(mean).collect()
}

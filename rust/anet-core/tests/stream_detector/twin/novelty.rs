//! How far the newest bag of tokens lies from its nearest among the last ones: `words`.

use std::collections::BTreeMap;

use crate::twin::tokens::Counts;

/// Samples in a bag; signatures closer than that overlap.
const BAG: usize = 16;
/// Before there are five to compare with.
const EARLY: f64 = 0.15;

/// Positions of a bag and their weights, of unit length.
type Signature = Vec<(usize, f64)>;

/// At every sample; between queries, which are at even samples, the last value holds.
pub(crate) fn novelty(positions: &[Vec<usize>]) -> Vec<f64> {
    let mut counts = Counts::new();
    let mut ring: Vec<(usize, Signature)> = Vec::new();
    let mut value = EARLY;
    let at = |t: usize| {
        counts.push(&positions[t]);
        if t >= BAG && t.is_multiple_of(2) {
            let query = signature(&positions[t + 1 - BAG..=t], &counts);
            let apart = ring.iter().rev().filter(|(end, _)| end + BAG <= t).take(128);
            let cosines: Vec<f64> = apart.map(|(_, old)| cosine(&query, old)).collect();
            if cosines.len() >= 5 {
                let scales = [8, 32, 128].map(|n| 1.0 - mean_of_highest(&cosines[..n.min(cosines.len())]));
                value = scales.iter().sum::<f64>() / 3.0;
            }
            if t.is_multiple_of(8) {
                ring.push((t, query));
            }
        }
        value
    };
    (0..positions.len()).map(at).collect()
}

fn mean_of_highest(cosines: &[f64]) -> f64 {
    let mut sorted = cosines.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted[..5].iter().sum::<f64>() / 5.0
}

/// The 128 positions of the bag that stand out most; of equals the lowest.
fn signature(bag: &[Vec<usize>], counts: &Counts<usize>) -> Signature {
    let mut occurrences = BTreeMap::new();
    bag.iter().flatten().for_each(|&position| *occurrences.entry(position).or_insert(0.0) += 1.0);
    let elevation = |(position, tf): (usize, f64)| {
        let rare = ((9.0 * counts.samples + 1.0) / (counts.of(&position) + 0.5)).ln().max(0.0);
        (position, (1.0 + tf).ln() * rare + 1e-12)
    };
    let mut all: Signature = occurrences.into_iter().map(elevation).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(128);
    let length = all.iter().map(|(_, e)| e * e).sum::<f64>().sqrt();
    all.iter_mut().for_each(|(_, e)| *e /= length);
    all.sort_by_key(|&(position, _)| position);
    all
}

fn cosine(a: &Signature, b: &Signature) -> f64 {
    let of = |&(position, weight): &(usize, f64)| {
        let found = b.binary_search_by_key(&position, |&(position, _)| position);
        found.map_or(0.0, |place| weight * b[place].1)
    };
    a.iter().map(of).sum()
}

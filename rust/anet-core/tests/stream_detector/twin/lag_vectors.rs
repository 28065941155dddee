//! Lag vectors of whole numbers and their nearest neighbours in the past.

/// Neighbours that are asked for.
const NEAREST: usize = 5;

/// How far back a neighbour lies, in blocks, and the square of its distance.
pub(crate) type Neighbours = Option<Vec<(usize, i32)>>;

/// Samples as whole numbers: sixteenths of single ones, sixty-fourths of means over blocks of `size`, these cut at 25.
///
/// A mean that falls on a half may be rounded either way by the order in which it is summed; here the oldest comes first.
pub(crate) fn whole_numbers(y: &[f64], size: usize) -> Vec<i32> {
    let cut = |block: &[f64]| block.iter().map(|y| y.clamp(-25.0, 25.0)).sum::<f64>() / size as f64;
    if size == 1 {
        y.iter().map(|y| (16.0 * y + 0.5).floor() as i32).collect()
    } else {
        y.chunks_exact(size).map(|block| (64.0 * cut(block) + 0.5).floor() as i32).collect()
    }
}

/// At every block the five of least distance among the lags w+1 .. w+ring, the nearest first, of equals the latest; none while
/// there are fewer than five.
pub(crate) fn neighbours(blocks: &[i32], w: usize, ring: usize) -> Vec<Neighbours> {
    (0..blocks.len()).map(|b| nearest(&blocks[..=b], w, ring)).collect()
}

fn nearest(blocks: &[i32], w: usize, ring: usize) -> Neighbours {
    let last = (blocks.len().saturating_sub(w)).min(ring + w);
    if last < w + NEAREST {
        return None;
    }
    let mut all: Vec<(i32, usize)> = (w + 1..=last).map(|lag| (distance(blocks, w, lag), lag)).collect();
    all.select_nth_unstable(NEAREST - 1);
    let nearest = &mut all[..NEAREST];
    nearest.sort_unstable();
    Some(nearest.iter().map(|&(distance, lag)| (lag, distance)).collect())
}

fn distance(blocks: &[i32], w: usize, lag: usize) -> i32 {
    let (end, old) = (blocks.len(), blocks.len() - lag);
    let pairs = blocks[end - w..].iter().zip(&blocks[old - w..old]);
    pairs.map(|(a, b)| (a - b).pow(2)).sum()
}

/// The mean distance to the five, in deviations a sample.
pub(crate) fn mean_distance(found: &[(usize, i32)], w: usize, unit: f64) -> f64 {
    let root = |&(_, distance): &(usize, i32)| (f64::from(distance) / w as f64).sqrt();
    found.iter().map(root).sum::<f64>() / NEAREST as f64 / unit
}

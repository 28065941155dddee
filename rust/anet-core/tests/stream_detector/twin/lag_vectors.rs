//! Lag vectors of whole numbers and their nearest neighbours in the past.

/// Neighbours that are asked for.
const NEAREST: usize = 5;

/// How many blocks ago a neighbour ended, and the square of its distance.
type Neighbour = (usize, i32);

/// The neighbours of the lag vectors of some lengths, over single samples or over the means of blocks.
pub(crate) struct Neighbours {
    size: usize,
    lengths: Vec<usize>,
    /// By length and block; none while there are fewer than five.
    nearest: Vec<Vec<Option<Vec<Neighbour>>>>,
}

impl Neighbours {
    /// The five of least distance among the lags w+1 .. w+ring of every block, the nearest first, of equals the latest.
    pub(crate) fn of(y: &[f64], size: usize, ring: usize, lengths: &[usize]) -> Self {
        let blocks = whole_numbers(y, size);
        let of_length = |&w: &usize| (0..blocks.len()).map(|b| nearest(&blocks[..=b], w, ring)).collect();
        Self { size, lengths: lengths.into(), nearest: lengths.iter().map(of_length).collect() }
    }

    /// Those of length number `i` at the end of the last whole block among the first `count` samples.
    fn after(&self, count: usize, i: usize) -> Option<&Vec<Neighbour>> {
        self.nearest[i][(count / self.size).checked_sub(1)?].as_ref()
    }

    /// Their mean distance at sample `t`, in deviations a sample.
    pub(crate) fn distance(&self, t: usize, i: usize) -> Option<f64> {
        let (w, unit) = (self.lengths[i] as f64, if self.size == 1 { 16.0 } else { 64.0 });
        let root = |&(_, square): &Neighbour| (f64::from(square) / w).sqrt();
        let found = self.after(t + 1, i)?;
        Some(found.iter().map(root).sum::<f64>() / NEAREST as f64 / unit)
    }

    /// What followed them, as forecasts of sample `t`, one a length; 0 where there are none. They are kept in single precision.
    pub(crate) fn analogues<'a>(&'a self, y: &'a [f64], t: usize) -> impl Iterator<Item = f64> + 'a {
        (0..self.lengths.len()).map(move |i| {
            self.after(t, i).map_or(0.0, |found| {
                let sum: f64 = found.iter().map(|(lag, _)| y[t - lag * self.size]).sum();
                f64::from((sum / NEAREST as f64) as f32)
            })
        })
    }
}

/// Sixteenths of single samples, sixty-fourths of the means over blocks, whose samples are cut at 25.
///
/// A mean that falls on a half may be rounded either way by the order in which it is summed; here the oldest comes first.
fn whole_numbers(y: &[f64], size: usize) -> Vec<i32> {
    let cut = |block: &[f64]| block.iter().map(|y| y.clamp(-25.0, 25.0)).sum::<f64>() / size as f64;
    if size == 1 {
        y.iter().map(|y| (16.0 * y + 0.5).floor() as i32).collect()
    } else {
        y.chunks_exact(size).map(|block| (64.0 * cut(block) + 0.5).floor() as i32).collect()
    }
}

fn nearest(blocks: &[i32], w: usize, ring: usize) -> Option<Vec<Neighbour>> {
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

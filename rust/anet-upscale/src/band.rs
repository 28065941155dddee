//! Between which values samples lie, by several draws.

/// Draws of a band.
pub(crate) const DRAWS: u64 = 20;
/// How far the 5 % quantile of 20 numbers lies from the least to the next.
const WITHIN: f64 = 0.05 * (DRAWS - 1) as f64;

/// The 5 % and the 95 % quantile of each sample, over 20 draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The lower ends.
    pub low: Vec<f64>,
    /// The upper ends.
    pub high: Vec<f64>,
}

impl Band {
    /// The band of draws of `length` samples each.
    pub(crate) fn of(length: usize, mut draw: impl FnMut(u64) -> Vec<f64>) -> Self {
        let mut low = vec![[f64::INFINITY; 2]; length];
        let mut high = low.clone();
        for number in 0..DRAWS {
            for ((low, high), x) in low.iter_mut().zip(&mut high).zip(draw(number)) {
                insert(low, x);
                insert(high, -x);
            }
        }
        let between = |[least, next]: [f64; 2]| least + (next - least) * WITHIN;
        Self {
            low: low.into_iter().map(between).collect(),
            high: high.into_iter().map(|ends| -between(ends)).collect(),
        }
    }

    /// The share of samples that lie inside, of those that are there.
    pub(crate) fn coverage(&self, samples: &[f64]) -> f64 {
        let (mut inside, mut all) = (0_u32, 0_u32);
        for ((low, high), x) in self.low.iter().zip(&self.high).zip(samples) {
            all += u32::from(!x.is_nan() && !low.is_nan());
            inside += u32::from((low..=high).contains(&x));
        }
        f64::from(inside) / f64::from(all)
    }
}

/// Keeps the two least.
fn insert(held: &mut [f64; 2], x: f64) {
    if x.is_nan() || x < held[0] {
        *held = [x, held[0]];
    } else if x < held[1] {
        held[1] = x;
    }
}

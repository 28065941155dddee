//! A stream of spikes does not ring for one more of them.

use crate::twin::moments::Moments;

/// Whether one more spike is nothing new, at every sample.
pub(crate) fn spiky(x: &[f64]) -> Vec<bool> {
    let mut steps = Steps::default();
    let mut scale = Moments::new(2048.0);
    let mut share = Moments::new(4096.0);
    let mut heights = Moments::new(64.0);
    let at = |t: usize| {
        if t == 0 {
            return false;
        }
        let step = (x[t] - x[t - 1]).abs();
        let is_large = t > 16 && step > 8.0 * scale.mean;
        let known = steps.large.iter().filter(|&&large| large).count();
        steps.push(step, is_large);
        let usual = known >= 2 && share.mean >= 0.01 && steps.are_usual(share.mean, &heights);
        scale.push(if t > 16 && scale.mean > 0.0 { step.min(3.0 * scale.mean) } else { step });
        share.push(f64::from(is_large));
        if is_large {
            let limit =
                if known >= 3 { 5.0 * heights.deviation() + heights.mean / 2.0 } else { f64::INFINITY };
            heights.add((step - heights.mean).clamp(-limit, limit));
        }
        usual
    };
    (0..x.len()).map(at).collect()
}

/// Every step so far, and whether it was large.
#[derive(Default)]
struct Steps {
    sizes: Vec<f64>,
    large: Vec<bool>,
}

impl Steps {
    fn push(&mut self, size: f64, large: bool) {
        self.sizes.push(size);
        self.large.push(large);
    }

    /// Neither too many large ones among the newest, nor one that is too large.
    fn are_usual(&self, share: f64, heights: &Moments) -> bool {
        let newest = |count: usize| self.large.len().saturating_sub(count)..;
        let count = |of: usize| self.large[newest(of)].iter().filter(|&&large| large).count();
        // A spike is two steps.
        let likely = |of: usize| at_least(of, share / 2.0, count(of).div_ceil(2)) > 0.005;
        let largest = self.sizes[newest(16)].iter().copied().fold(0.0, f64::max);
        let usual = 1.25 * heights.mean + 4.0 * heights.deviation();
        count(16) > 0 && likely(16) && likely(64) && largest <= usual
    }
}

/// P(Bin(n, p) ≥ k).
fn at_least(n: usize, p: f64, k: usize) -> f64 {
    let choose = |i: usize| (0..i).map(|j| (n - j) as f64 / (j + 1) as f64).product::<f64>();
    let term = |i: usize| choose(i) * p.powi(i as i32) * (1.0 - p).powi((n - i) as i32);
    (k..=n).map(term).sum()
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn the_tail_of_a_binomial() {
        assert_eq!(at_least(16, 0.25, 0), 1.0);
        assert_eq!(at_least(2, 0.5, 1), 0.75);
        assert!((at_least(64, 0.1, 64) - 1e-64).abs() < 1e-70);
    }
}

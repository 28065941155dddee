//! The run of newest samples whose mean lies furthest from the usual.

use super::spread::mean;

/// A single miss counts as this much at most: it must not hide a long stretch.
const CUT: f64 = 20.0;
/// A longer run around the strongest is taken for it where it has this share of its strength.
const AS_GOOD: f64 = 0.85;
/// It ends with samples that lie at least this share of its mean away.
const AT_ENDS: f64 = 0.25;
/// Places that a run may begin or end at: every one of so many, every second of twice as many.
const PLACES: usize = 512;
/// Windows of the past that a scale is taken from, at least.
const WINDOWS: usize = 8;

/// A run of samples and how far it lies away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Its first place.
    pub(super) first: usize,
    /// Its last place.
    pub(super) last: usize,
    /// How many standard errors its mean lies further away than the furthest of as many runs usually does; with its sign.
    pub(super) strength: f64,
}

impl Stretch {
    /// The run from `start` on with the largest |mean| √length, on the scale of as long runs before `start`: a scan statistic,
    /// less √(2 ln(e n / length)) as there are more short runs than long ones (Dümbgen and Spokoiny 2001).
    pub(super) fn strongest(misses: &[f64], start: usize) -> Self {
        let cut: Vec<f64> =
            misses.iter().map(|miss| if miss.is_nan() { 0.0 } else { miss.clamp(-CUT, CUT) }).collect();
        let sums = sums(&cut);
        let scales = scales(&sums[..=start]);
        let whole = Self { first: start, last: cut.len().saturating_sub(1).max(start), strength: 0.0 };
        let mut runs = Vec::new();
        let count = cut.len().saturating_sub(start);
        let every = count.div_ceil(PLACES).max(1);
        let allowances: Vec<f64> = (0..=count).map(|length| allowance(length, count)).collect();
        for first in (start..cut.len()).step_by(every) {
            for last in (first..cut.len()).step_by(every) {
                let length = last + 1 - first;
                let scale = scales[length.ilog2() as usize];
                let error = (sums[last + 1] - sums[first]) / ((length as f64).sqrt() * scale);
                let strength = error.abs() - allowances[length];
                runs.push(Self {
                    first,
                    last,
                    strength: if strength > 0.0 { strength.copysign(error) } else { 0.0 },
                });
            }
        }
        let size = |run: &&Self| run.strength.abs();
        // The earliest of equals: where a jump and the way back are both cut, the jump is the event.
        let Some(&best) = runs.iter().rev().max_by(|a, b| size(a).total_cmp(&size(b))) else { return whole };
        let as_good = |run: &&Self| {
            run.strength * best.strength.signum() >= AS_GOOD * best.strength.abs() && run.contains(&best)
        };
        runs.iter().filter(as_good).max_by_key(|run| run.length()).copied().unwrap_or(best).trimmed(&cut)
    }

    /// Without the samples at its ends that are hardly away.
    fn trimmed(self, misses: &[f64]) -> Self {
        let away = |at: usize| misses[at] * self.strength.signum();
        let mean = (self.first..=self.last).map(away).sum::<f64>() / self.length() as f64;
        let is_away = |at: &usize| away(*at) >= AT_ENDS * mean;
        let first = (self.first..=self.last).find(is_away).unwrap_or(self.first);
        let last = (first..=self.last).rev().find(is_away).unwrap_or(self.last);
        Self { first, last, ..self }
    }

    /// Where it really begins: without the first samples of which the whole lies less than half as far away as the mean.
    pub(super) fn onset(&self, misses: &[f64]) -> usize {
        let away = |miss: &f64| miss.clamp(-CUT, CUT) * self.strength.signum();
        let run: Vec<f64> = misses[self.first..=self.last].iter().map(away).collect();
        let known: Vec<f64> = run.iter().copied().filter(|away| away.is_finite()).collect();
        let half = mean(&known) / 2.0;
        let (mut sum, mut least) = (0.0, (0.0, self.first));
        for (away, next) in run.iter().zip(self.first + 1..=self.last) {
            sum += if away.is_nan() { 0.0 } else { away - half };
            least = if sum < least.0 { (sum, next) } else { least };
        }
        least.1
    }

    fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// How many samples it has.
    pub(super) fn length(&self) -> usize {
        self.last + 1 - self.first
    }
}

/// How far the furthest of the runs of a length usually lies.
fn allowance(length: usize, count: usize) -> f64 {
    (2.0 * (1.0 + (count as f64 / length.max(1) as f64).ln())).sqrt()
}

/// The sum of all before each place.
fn sums(values: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut next = |value: &f64| {
        sum += value;
        sum
    };
    std::iter::once(0.0).chain(values.iter().map(&mut next)).collect()
}

/// What the sum of 1, 2, 4, ... samples over the root of their number usually is, at least 1: more where misses cling together.
/// Lengths of which the past has few keep the scale of the last that it has.
fn scales(sums: &[f64]) -> Vec<f64> {
    let mut scales = vec![1.0_f64];
    for power in 0..u64::BITS as usize {
        let length = 1_usize.checked_shl(power as u32).unwrap_or(usize::MAX);
        let scale = if length <= sums.len() / WINDOWS { scale(sums, length) } else { scales[power] };
        scales.push(scale.max(1.0));
    }
    scales.split_off(1)
}

fn scale(sums: &[f64], length: usize) -> f64 {
    let squares: Vec<f64> = sums[length..].iter().zip(sums).map(|(b, a)| (b - a) * (b - a)).collect();
    (mean(&squares) / length as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn misses(at: usize) -> f64 {
        if at.is_multiple_of(2) { 0.3 } else { -0.3 }
    }

    #[test]
    fn the_strongest_run_is_the_one_that_lies_apart() {
        let mut all: Vec<f64> = (0..300).map(misses).collect();
        all[250..270].iter_mut().for_each(|miss| *miss -= 4.0);
        let found = Stretch::strongest(&all, 220);
        assert!(found.first.abs_diff(250) <= 2 && found.last.abs_diff(269) <= 2, "{found:?}");
        assert!(found.strength < -10.0);
    }

    #[test]
    fn nothing_is_strong_where_nothing_lies_apart() {
        let all: Vec<f64> = (0..300).map(misses).collect();
        assert_eq!(Stretch::strongest(&all, 220).strength, 0.0);
    }
}

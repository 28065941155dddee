//! After how many samples a stream repeats itself.

use super::spread::median;

/// The shortest season.
const SHORTEST: usize = 4;
/// A season is not looked for at lags beyond this share of the samples.
const LONGEST: f64 = 0.7;
/// Near its season a stream differs from itself by less than this share of its usual difference.
const LIKE: f64 = 0.7;
/// Lags count as a season from the first at which a stream differs from itself by about its usual difference: below it, it
/// is only smooth.
const FORGOTTEN: f64 = 0.8;
/// A shorter season is taken for a longer one that is better by less than this share.
const AS_GOOD: f64 = 0.1;

/// The lag at which the samples differ least from themselves, if any stands out.
pub(super) fn period(samples: &[f64]) -> Option<usize> {
    let filled = filled(samples);
    let longest = (LONGEST * filled.len() as f64) as usize;
    let differences: Vec<f64> = (1..=longest).map(|lag| difference(&filled, lag)).collect();
    let usual = median(differences.iter().copied());
    let first = differences.iter().position(|&d| d >= FORGOTTEN * usual)?.max(SHORTEST);
    let later = differences.get(first..)?;
    let least = later.iter().copied().min_by(f64::total_cmp).filter(|&least| least < LIKE * usual)?;
    let enough = least + AS_GOOD * (usual - least);
    let near = later.iter().position(|&d| d <= enough)?;
    Some(first + 1 + valley(later, near))
}

/// From a place on the way down to the bottom of the valley.
fn valley(differences: &[f64], from: usize) -> usize {
    let end = (from + 2 + from / 16).min(differences.len());
    (from..end).min_by(|&a, &b| differences[a].total_cmp(&differences[b])).unwrap_or(from)
}

fn difference(samples: &[f64], lag: usize) -> f64 {
    let later = &samples[lag..];
    // Four sums that do not wait for one another.
    let (fours, rest) = later.as_chunks::<4>();
    let (earlier, last) = samples[..later.len()].as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (a, b) in fours.iter().zip(earlier) {
        for lane in 0..4 {
            sums[lane] += (a[lane] - b[lane]).abs();
        }
    }
    let rest: f64 = rest.iter().zip(last).map(|(a, b)| (a - b).abs()).sum();
    (sums.iter().sum::<f64>() + rest) / later.len() as f64
}

/// Each missing sample becomes the one before it.
fn filled(samples: &[f64]) -> Vec<f64> {
    let mut last = samples.iter().copied().find(|x| x.is_finite()).unwrap_or(0.0);
    let mut next = |&x: &f64| {
        last = if x.is_finite() { x } else { last };
        last
    };
    samples.iter().map(&mut next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise without a generator: the fractional part of multiples of the golden ratio's square.
    fn noise(at: usize) -> f64 {
        (at as f64 * at as f64 * 0.381_966_011_250_105).fract() - 0.5
    }

    #[test]
    fn a_wave_has_its_period_and_noise_has_none() {
        let wave = |at: usize| (at as f64 * std::f64::consts::TAU / 96.0).sin() + 0.3 * noise(at);
        assert_eq!(period(&(0..1500).map(wave).collect::<Vec<_>>()), Some(96));
        assert_eq!(period(&(0..1500).map(noise).collect::<Vec<_>>()), None);
        assert_eq!(period(&[]), None);
    }

    #[test]
    fn a_weekly_pattern_is_longer_than_a_daily_one() {
        let hourly = |at: usize| {
            let weekend = if at / 24 % 7 >= 5 { 0.4 } else { 1.0 };
            weekend * (2.0 - (at as f64 * std::f64::consts::TAU / 24.0).cos()) + 0.1 * noise(at)
        };
        assert_eq!(period(&(0..2000).map(hourly).collect::<Vec<_>>()), Some(168));
    }
}

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
    Some(first + 1 + valley(&later[..], near))
}

/// From a place on the way down to the bottom of the valley.
fn valley(differences: &[f64], from: usize) -> usize {
    let end = (from + 2 + from / 16).min(differences.len());
    (from..end).min_by(|&a, &b| differences[a].total_cmp(&differences[b])).unwrap_or(from)
}

fn difference(samples: &[f64], lag: usize) -> f64 {
    let pairs = samples[lag..].iter().zip(samples);
    pairs.map(|(a, b)| (a - b).abs()).sum::<f64>() / (samples.len() - lag) as f64
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

//! Factors by which the run's own past inflates a threshold: heavy tails, autocorrelated values, maxima that vary, a loss
//! that has no best.
//!
//! They apply where the monitor escalates; elsewhere the adaptive threshold stands alone. The first two came with 0.79
//! false alarms for 1.32 on the zoo's held-out part, the others later (`make zoo`, 2026-11-24 and 2026-11-28).

/// The threshold is at least twice the farthest z of the baseline, which shows heavy tails before block maxima do.
const FARTHEST: f64 = 2.0;
/// The largest autocorrelation that is believed: 64 values cannot tell a higher one from a trend.
const LARGEST_AUTOCORRELATION: f64 = 0.95;
/// Values count as at most 3 spreads from the median: one outlier must not hide how its neighbours agree.
const CLIP: f64 = 3.0;
/// Fewer block maxima than 3 have no deviation worth measuring.
const FEWEST: f64 = 3.0;
/// Maxima below a quarter of the threshold's floor are not material and count as that quarter.
const NOT_MATERIAL: f64 = 0.25;
/// The deviation of the logarithms of maxima of 32 values where tails are light; of normal values it is 0.24.
const LIGHT: f64 = 0.2;
/// Deviations beyond the light one by which a score must lie above the largest maximum. Chosen with `LIGHT` for adversarial
/// and bootstrapped losses (2026-11-28); `make zoo` measures what they cost.
const DEVIATIONS: f64 = 1.5;
/// The largest factor: at nine times its own threshold a score fires, however wild the past.
const LARGEST: f64 = 9.0;
/// The factor of a drawdown whose best is above a tenth of the scale: moving targets rise tenfold in health.
const SHALLOW: f64 = 2.0;
/// What rounding may leave of a mean of losses that are exactly 0.
const ZERO: f64 = -1e-9;
/// asinh(5): a loss of a tenth of its scale.
const TENTH: f64 = 2.312_438_341_272_752_5;

/// The factor that the farthest z of the baseline asks for: max(1, 2 farthest / threshold).
pub(crate) fn of_farthest(farthest: f64, threshold: f64) -> f64 {
    (FARTHEST * farthest / threshold).max(1.0)
}

/// The factor for a cumulative sum of autocorrelated values; its floor is meant for independent ones.
///
/// Of a process x = φ y + e the sum reaches (1 + φ) / (1 - φ) times as high equally often.
pub(crate) fn of_autocorrelation(phi: f64, floor: f64, threshold: f64) -> f64 {
    (floor * (1.0 + phi) / (1.0 - phi) / threshold).max(1.0)
}

/// The factor for block maxima that vary: exp(1.5 (σ - 0.2)), 1 to 9, with σ the deviation of their logarithms.
///
/// Where tails fall as x^-α, σ is π / (√6 α) (Fréchet 1927), and a quantile beyond the maxima lies higher by a factor whose
/// logarithm is in proportion to it. Bursts, heavy tails and two nets that play against each other have a large σ.
pub(crate) fn of_maxima(maxima: &[f64], floor: f64) -> f64 {
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for &maximum in maxima.iter().filter(|&&maximum| maximum > f64::NEG_INFINITY) {
        let log = (maximum / (NOT_MATERIAL * floor)).max(1.0).ln();
        (count, sum, squares) = (count + 1.0, sum + log, squares + log * log);
    }
    if count < FEWEST {
        return 1.0;
    }
    let deviation = (squares / count - (sum / count).powi(2)).max(0.0).sqrt();
    (DEVIATIONS * (deviation - LIGHT).max(0.0)).exp().min(LARGEST)
}

/// The factor for a drawdown from a best, compressed: 1 for a best below a tenth of the scale, 2 above it.
///
/// A loss of which more than a tenth is left may chase a moving target. Below zero a multiple of the best has no meaning,
/// and the factor is infinite.
pub(crate) fn of_best(best: f64) -> f64 {
    match best {
        ZERO..=TENTH => 1.0,
        TENTH.. => SHALLOW,
        _ => f64::INFINITY,
    }
}

/// The lag-1 autocorrelation φ of a series, from a ring of every second value of it.
///
/// φ is the root of 1 - d / (2 v), with d the mean square difference of neighbours and v the variance (von Neumann 1941);
/// that of a trend is near 1 too. It is 0 where neighbours differ as much as distant values.
pub(crate) fn autocorrelation(ring: &[f64], oldest: usize, median: f64, spread: f64) -> f64 {
    let clipped = |at: usize| {
        let value = ring[(oldest + at) % ring.len()];
        ((value - median) / spread).clamp(-CLIP, CLIP)
    };
    let (mut sum, mut squares, mut differences, mut before) = (0.0, 0.0, 0.0, clipped(0));
    for at in 0..ring.len() {
        let value = clipped(at);
        sum += value;
        squares += value * value;
        differences += (value - before) * (value - before);
        before = value;
    }
    let variance = squares - sum * sum / ring.len() as f64;
    if variance <= 0.0 {
        return 0.0;
    }
    (1.0 - differences / (2.0 * variance)).max(0.0).sqrt().min(LARGEST_AUTOCORRELATION)
}

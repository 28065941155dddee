//! Which next samples would not alarm.

use crate::detect::normalise::LARGEST;

/// The search begins this share of the newest samples' spread away from where it is quiet.
const FIRST_STEP: f64 = 1.0 / 64.0;

/// The ends of the quiet numbers around the newest sample that is quiet itself: each end is quiet, the next number outside
/// is not.
///
/// An end is infinite where nothing on its side rings; both are NaN where no sample of the stream is quiet now.
pub(super) fn around(newest: &[f64], is_quiet: impl Fn(f64) -> bool) -> (f64, f64) {
    ends(newest, is_quiet, |_| 0.0)
}

/// About the same: each end is quiet, and what is not lies within a thousandth of its distance from where the search began.
pub(super) fn about(newest: &[f64], is_quiet: impl Fn(f64) -> bool) -> (f64, f64) {
    ends(newest, is_quiet, |distance| 1e-3 * distance)
}

fn ends(newest: &[f64], is_quiet: impl Fn(f64) -> bool, tolerance: fn(f64) -> f64) -> (f64, f64) {
    let known: Vec<f64> = newest.iter().copied().filter(|x| x.is_finite()).collect();
    let Some(centre) = centre(&known, &is_quiet) else { return (f64::NAN, f64::NAN) };
    let spread = known.iter().copied().fold(0.0_f64, |most, x| most.max((x - centre).abs()));
    let step = (FIRST_STEP * spread).max(f64::EPSILON * centre.abs()).max(f64::MIN_POSITIVE);
    (end(centre, -step, &is_quiet, tolerance), end(centre, step, &is_quiet, tolerance))
}

/// A sample that is quiet: the newest ones are tried first, then ever older ones.
fn centre(known: &[f64], is_quiet: &impl Fn(f64) -> bool) -> Option<f64> {
    let ages = (0..16).chain((4..11).map(|power| 1_usize << power));
    let middle = median(known);
    ages.filter_map(|age| known.len().checked_sub(age + 1))
        .map(|at| known[at])
        .chain(middle)
        .find(|&x| is_quiet(x))
}

fn median(known: &[f64]) -> Option<f64> {
    let mut sorted = known.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// Doubles the step until it rings, then halves what lies between.
fn end(centre: f64, mut step: f64, is_quiet: &impl Fn(f64) -> bool, tolerance: fn(f64) -> f64) -> f64 {
    let mut quiet = centre;
    while (centre + step).abs() <= LARGEST {
        if !is_quiet(centre + step) {
            return between(quiet, centre + step, tolerance(step.abs()), is_quiet);
        }
        quiet = centre + step;
        step *= 2.0;
    }
    f64::INFINITY.copysign(step)
}

/// The last number on the way from a quiet one to one that rings that is quiet itself.
fn between(quiet: f64, ringing: f64, tolerance: f64, is_quiet: &impl Fn(f64) -> bool) -> f64 {
    let (mut quiet, mut ringing) = (rank(quiet), rank(ringing));
    while quiet.abs_diff(ringing) > 1 && (number(quiet) - number(ringing)).abs() > tolerance {
        let middle = quiet.midpoint(ringing);
        if is_quiet(number(middle)) { quiet = middle } else { ringing = middle }
    }
    number(quiet)
}

/// Where a number stands among all: neighbours have ranks that differ by one.
fn rank(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

fn number(rank: i64) -> f64 {
    let bits = if rank < 0 { i64::MIN.wrapping_sub(rank) } else { rank };
    f64::from_bits(bits as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_quiet_and_their_neighbours_are_not() {
        let is_quiet = |x: f64| (-0.3..=1e-9).contains(&x);
        assert_eq!(around(&[-0.1, 5.0], is_quiet), (-0.3, 1e-9));
        let above = |x: f64| x >= 2.0;
        assert_eq!(around(&[3.0, 4.0], above), (2.0, f64::INFINITY));
    }

    #[test]
    fn nothing_is_quiet_where_no_sample_is() {
        let (low, high) = around(&[1.0, 2.0], |x| x > 7.0);
        assert!(low.is_nan() && high.is_nan());
    }

    #[test]
    fn ranks_go_there_and_back() {
        for x in [0.0, -1.5, 2e300, -5e-324, f64::MIN_POSITIVE] {
            assert_eq!(number(rank(x)), x);
        }
        assert_eq!(rank(0.0) - rank(-5e-324), 1);
    }
}

//! Sums in NumPy's order.
//!
//! On a constant window the rounding of the mean decides everything: 0.5 gives `x − mean = 0` and an empty signature,
//! 0.1 gives one unit in the last place and a full one. So the order of additions is part of the contract:
//! under 8 terms one by one; up to 128 terms eight running sums, joined pairwise, then the rest one by one;
//! above, the two halves apart, the first a multiple of eight long.

/// Longest run that is summed by eight running sums.
const BLOCK: usize = 128;

/// Running sums in a block, whatever the width of the machine's registers.
const LANES: usize = 8;

/// The pairwise sum of `x` as `numpy.add.reduce` rounds it.
#[inline(always)]
pub fn pairwise(x: &[f64]) -> f64 {
    if x.len() > BLOCK { halves(x) } else { block(x) }
}

fn halves(x: &[f64]) -> f64 {
    let (left, right) = x.split_at(x.len() / 2 / LANES * LANES);
    pairwise(left) + pairwise(right)
}

#[inline(always)]
fn block(x: &[f64]) -> f64 {
    let (rows, rest) = x.as_chunks::<LANES>();
    let Some((first, rows)) = rows.split_first() else {
        return rest.iter().fold(0.0, |sum, x| sum + x);
    };
    let mut r = *first;
    for row in rows {
        for lane in 0..LANES {
            r[lane] += row[lane];
        }
    }
    let joined = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    rest.iter().fold(joined, |sum, x| sum + x)
}

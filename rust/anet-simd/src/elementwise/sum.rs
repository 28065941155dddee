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

/// The pairwise sum of a slice, given how a run of up to [`BLOCK`] is summed: by [`block`], as the caller compiles it.
pub fn pairwise(x: &[f64], block: &impl Fn(&[f64]) -> f64) -> f64 {
    if x.len() <= BLOCK {
        return block(x);
    }
    let (left, right) = x.split_at(x.len() / 2 / LANES * LANES);
    pairwise(left, block) + pairwise(right, block)
}

/// The sum of `term(x)` over a short run.
#[inline(always)]
pub fn block(x: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (rows, rest) = x.as_chunks::<LANES>();
    let Some((first, rows)) = rows.split_first() else {
        return rest.iter().fold(0.0, |sum, x| sum + term(*x));
    };
    let mut r = [0.0; LANES];
    for lane in 0..LANES {
        r[lane] = term(first[lane]);
    }
    for row in rows {
        for lane in 0..LANES {
            r[lane] += term(row[lane]);
        }
    }
    let joined = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    rest.iter().fold(joined, |sum, x| sum + term(*x))
}

//! A sorted array that is kept sorted.

/// Puts `new` into a sorted array whose last slot is free.
pub(crate) fn insert(sorted: &mut [f64], new: f64) {
    let last = sorted.len() - 1;
    let index = rank(&sorted[..last], new);
    sorted.copy_within(index..last, index + 1);
    sorted[index] = new;
}

/// Takes `old` out of a sorted array and puts `new` in. Of equal values any one may go.
pub(crate) fn replace(sorted: &mut [f64], old: f64, new: f64) {
    let gone = rank(sorted, old).min(sorted.len() - 1);
    let index = rank(sorted, new);
    if index > gone {
        sorted.copy_within(gone + 1..index, gone);
        sorted[index - 1] = new;
    } else {
        sorted.copy_within(index..gone, index + 1);
        sorted[index] = new;
    }
}

/// How many values are smaller: counting all of them is faster than a search that the processor cannot predict.
fn rank(sorted: &[f64], value: f64) -> usize {
    sorted.iter().map(|&other| u64::from(other < value)).sum::<u64>() as usize
}

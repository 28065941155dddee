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
    let (gone, index) = ranks(sorted, old, new);
    let gone = gone.min(sorted.len() - 1);
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

/// Both in one pass.
fn ranks(sorted: &[f64], old: f64, new: f64) -> (usize, usize) {
    let count = |(gone, index): (u64, u64), &other: &f64| {
        (gone + u64::from(other < old), index + u64::from(other < new))
    };
    let (gone, index) = sorted.iter().fold((0, 0), count);
    (gone as usize, index as usize)
}

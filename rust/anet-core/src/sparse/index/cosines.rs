//! The cosines of one signature with those before it, by age.

/// The cosines of one signature with those that were held before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cosines<'a> {
    /// The newest is the last.
    newer: &'a [f64],
    /// All older than `newer`; the newest is the last.
    older: &'a [f64],
}

impl<'a> Cosines<'a> {
    /// With no signature.
    pub(super) const NONE: Self = Self { newer: &[], older: &[] };

    /// From the cosine of each slot, the newest signature being in the slot before `next`.
    pub(super) fn new(cosines: &'a [f64], next: usize) -> Self {
        let (newer, older) = cosines.split_at(next);
        Self { newer, older }
    }

    /// Signatures compared with.
    pub(crate) fn len(&self) -> usize {
        self.newer.len() + self.older.len()
    }

    /// Those of an age in `from..to`, in no order that matters; the newest has the age 0.
    pub(crate) fn aged(&self, from: usize, to: usize) -> [&'a [f64]; 2] {
        let split = self.newer.len();
        [
            part(self.newer, from.min(split), to.min(split)),
            part(self.older, from.max(split) - split, to.max(split) - split),
        ]
    }
}

/// From the end: skips `from`, stops at `to`.
fn part(numbers: &[f64], from: usize, to: usize) -> &[f64] {
    let end = numbers.len();
    &numbers[end - to.min(end)..end - from.min(end)]
}

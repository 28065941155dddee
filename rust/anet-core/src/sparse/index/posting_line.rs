//! Postings of one column, side by side in a cache line.

/// A number that names a slot of the ring.
pub trait Slot: Copy + Default {
    /// From a slot that is known to fit.
    fn from_slot(slot: usize) -> Self;
    /// Back to an index.
    fn index(self) -> usize;
}

impl Slot for u16 {
    fn from_slot(slot: usize) -> Self {
        slot as Self
    }
    fn index(self) -> usize {
        usize::from(self)
    }
}

impl Slot for u32 {
    fn from_slot(slot: usize) -> Self {
        slot as Self
    }
    fn index(self) -> usize {
        self as usize
    }
}

/// A cache line of postings: the slot of a signature and its weight in the column. Unused ones have a weight of zero, and a
/// slot that exists.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Line<S, const N: usize> {
    weights: [f64; N],
    slots: [S; N],
}

impl<S: Slot, const N: usize> Line<S, N> {
    /// A line without postings.
    pub fn empty() -> Self {
        Self { weights: [0.0; N], slots: [S::default(); N] }
    }

    /// Adds `factor · weight` to the sum of each slot.
    #[inline(always)]
    pub fn add(&self, factor: f64, sums: &mut [f64]) {
        for (slot, weight) in self.slots.iter().zip(&self.weights) {
            sums[slot.index()] += factor * weight;
        }
    }

    /// [`Line::add`] without the postings before `lane`, which have expired. Without a branch, for no two lines are alike.
    #[inline(always)]
    pub fn add_from(&self, lane: usize, factor: f64, sums: &mut [f64]) {
        for (number, (slot, weight)) in self.slots.iter().zip(&self.weights).enumerate() {
            sums[slot.index()] += if number < lane { 0.0 } else { factor * weight };
        }
    }

    /// The weight in a lane.
    pub fn weight(&self, lane: usize) -> f64 {
        self.weights[lane]
    }

    /// Writes a posting; the first one of a line clears the others, whose slots may stay.
    pub fn set(&mut self, lane: usize, slot: usize, weight: f64) {
        if lane == 0 {
            self.weights = [0.0; N];
        }
        self.weights[lane] = weight;
        self.slots[lane] = S::from_slot(slot);
    }
}

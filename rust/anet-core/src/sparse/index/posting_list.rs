//! The posting list of one position: where it is, and the cache lines that it is in.

/// No page, no run of lines, no term.
pub(super) const NONE: u32 = u32::MAX;

/// Where the postings of one position are: a queue that goes round in a run of lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct PostingList {
    /// The first line of the run.
    pub(super) start: u32,
    /// Lines in the run.
    pub(super) lines: u32,
    /// Where the oldest posting stands, counted from the start of the run.
    pub(super) first: u32,
    /// Postings held.
    pub(super) held: u32,
    /// Where the term of the query that is being read stands, if it has one.
    pub(super) mark: u32,
}

impl PostingList {
    pub(super) const EMPTY: Self = Self { start: NONE, lines: 0, first: 0, held: 0, mark: NONE };

    /// Whether the next posting would meet the line of the oldest one, at `N` postings a line.
    pub(super) fn is_full<const N: usize>(&self) -> bool {
        self.first as usize % N + self.held as usize == self.lines as usize * N
    }

    /// Lines that hold postings, at `N` postings a line.
    pub(super) fn used_lines<const N: usize>(&self) -> usize {
        (self.first as usize % N + self.held as usize).div_ceil(N)
    }
}

/// A number that names a slot of the ring.
pub(super) trait SlotNumber: Copy + Default {
    /// From a slot that is known to fit.
    fn from_slot(slot: usize) -> Self;
    /// Back to an index.
    fn index(self) -> usize;
}

impl SlotNumber for u16 {
    fn from_slot(slot: usize) -> Self {
        slot as Self
    }
    fn index(self) -> usize {
        usize::from(self)
    }
}

impl SlotNumber for u32 {
    fn from_slot(slot: usize) -> Self {
        slot as Self
    }
    fn index(self) -> usize {
        self as usize
    }
}

/// A cache line of postings, each the slot of a signature and its weight at the position of the list.
///
/// Unused ones have a weight of zero, and a slot that exists.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct PostingLine<S, const N: usize> {
    weights: [f64; N],
    slots: [S; N],
}

impl<S: SlotNumber, const N: usize> PostingLine<S, N> {
    /// A line without postings.
    pub(super) fn empty() -> Self {
        Self { weights: [0.0; N], slots: [S::default(); N] }
    }

    /// Adds `factor · weight` to the sum of each slot.
    #[inline(always)]
    pub(super) fn add(&self, factor: f64, sums: &mut [f64]) {
        for (slot, weight) in self.slots.iter().zip(&self.weights) {
            sums[slot.index()] += factor * weight;
        }
    }

    /// [`PostingLine::add`] without the postings before `lane`, which have expired. Without a branch, for no two lines are
    /// alike.
    #[inline(always)]
    pub(super) fn add_from(&self, lane: usize, factor: f64, sums: &mut [f64]) {
        for (number, (slot, weight)) in self.slots.iter().zip(&self.weights).enumerate() {
            sums[slot.index()] += if number < lane { 0.0 } else { factor * weight };
        }
    }

    /// The weight in a lane.
    pub(super) fn weight(&self, lane: usize) -> f64 {
        self.weights[lane]
    }

    /// Writes a posting; the first one of a line clears the others, whose slots may stay.
    pub(super) fn set(&mut self, lane: usize, slot: usize, weight: f64) {
        if lane == 0 {
            self.weights = [0.0; N];
        }
        self.weights[lane] = weight;
        self.slots[lane] = S::from_slot(slot);
    }
}

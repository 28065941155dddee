//! Runs of lines that no list has, by their size.

use crate::sparse::index::posting_list::NONE;

/// One line in 16 may lie idle before all are laid out anew. Chosen on 2026-11-24; `make bench` (`bench_anomaly`) measures
/// the time and the bytes that it costs.
const IDLE: usize = 16;

/// Runs of lines that no list has, by their size (segregated free lists: Wilson and others, Dynamic storage allocation, 1995).
#[derive(Debug, Clone, Default)]
pub(super) struct FreeList {
    /// The starts of the runs of each size that [`FreeList::rounded`] gives.
    runs: Vec<Vec<u32>>,
    idle: usize,
}

impl FreeList {
    /// The size of the next larger run: one line more, or an eighth.
    pub(super) fn next(lines: u32) -> u32 {
        Self::rounded(lines + 1)
    }

    /// The smallest size of a run that holds `lines` lines: 1 to 16, and then eight sizes for each doubling.
    pub(super) fn rounded(lines: u32) -> u32 {
        let step = lines.max(16).next_power_of_two() / 16;
        lines.next_multiple_of(step)
    }

    /// Whether there is a run of this size.
    pub(super) fn has(&self, lines: u32) -> bool {
        self.runs.get(size(lines)).is_some_and(|starts| !starts.is_empty())
    }

    /// A run of this size, if there is one.
    pub(super) fn take(&mut self, lines: u32) -> Option<u32> {
        let start = self.runs.get_mut(size(lines))?.pop()?;
        self.idle -= lines as usize;
        Some(start)
    }

    /// Takes back a run.
    pub(super) fn give(&mut self, start: u32, lines: u32) {
        debug_assert!(start != NONE && Self::rounded(lines) == lines);
        let size = size(lines);
        if size >= self.runs.len() {
            self.runs.resize(size + 1, Vec::new());
        }
        self.runs[size].push(start);
        self.idle += lines as usize;
    }

    /// Whether too many of all lines lie idle.
    pub(super) fn is_wasted(&self, lines: usize) -> bool {
        self.idle > lines / IDLE
    }

    /// Bytes that it occupies.
    pub(super) fn bytes(&self) -> usize {
        let starts: usize = self.runs.iter().map(|run| run.capacity()).sum();
        self.runs.capacity() * size_of::<Vec<u32>>() + starts * size_of::<u32>()
    }
}

/// The number of a size among all.
fn size(lines: u32) -> usize {
    if lines <= 16 {
        return lines as usize;
    }
    let doublings = (lines - 1).ilog2() - 4;
    (8 + 8 * doublings + (lines >> (doublings + 1))) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbered_without_gaps() {
        let mut lines = 0;
        for number in 1..100 {
            lines = FreeList::next(lines);
            assert_eq!((size(lines), FreeList::rounded(lines)), (number, lines));
        }
        assert!(FreeList::next(104) * 8 <= 104 * 9);
    }
}

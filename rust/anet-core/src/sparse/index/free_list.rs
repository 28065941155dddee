//! How many lines a column gets, and which lines no column has.

use crate::sparse::index::position_map::NONE;

/// The share of all lines that may lie idle before they are laid out anew: one in so many.
const IDLE: usize = 16;

/// Standard deviations above the mean for which there is room.
const DEVIATIONS: f64 = 1.0;

/// Runs of lines that no column has, by their size.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// The starts of the runs of each size that [`Room::rounded`] gives.
    runs: Vec<Vec<u32>>,
    idle: usize,
}

impl Room {
    /// The size of the next larger run: one line more, or an eighth.
    pub fn next(lines: u32) -> u32 {
        Self::rounded(lines + 1)
    }

    /// The smallest size of a run that holds so many lines: 1 to 16, and then eight for each doubling.
    pub fn rounded(lines: u32) -> u32 {
        let step = lines.max(16).next_power_of_two() / 16;
        lines.next_multiple_of(step)
    }

    /// How many postings to expect in a column that holds so many where `usual` are usual, once there are `coming` times
    /// as many: in one that is no exception, two standard deviations more than the mean of a count.
    pub fn postings(held: u32, usual: f64, coming: f64) -> usize {
        let mean = usual * coming;
        (mean + DEVIATIONS * mean.sqrt()).max(f64::from(held) * coming) as usize
    }

    /// Whether there is a run of this size.
    pub fn has(&self, lines: u32) -> bool {
        self.runs.get(size(lines)).is_some_and(|starts| !starts.is_empty())
    }

    /// A run of this size, if there is one.
    pub fn take(&mut self, lines: u32) -> Option<u32> {
        let start = self.runs.get_mut(size(lines))?.pop()?;
        self.idle -= lines as usize;
        Some(start)
    }

    /// Takes back a run.
    pub fn give(&mut self, start: u32, lines: u32) {
        debug_assert!(start != NONE && Self::rounded(lines) == lines);
        let size = size(lines);
        if size >= self.runs.len() {
            self.runs.resize(size + 1, Vec::new());
        }
        self.runs[size].push(start);
        self.idle += lines as usize;
    }

    /// Whether too many of all lines lie idle.
    pub fn is_wasted(&self, lines: usize) -> bool {
        self.idle > lines / IDLE
    }

    /// Bytes that it occupies.
    pub fn bytes(&self) -> usize {
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
            lines = Room::next(lines);
            assert_eq!((size(lines), Room::rounded(lines)), (number, lines));
        }
        assert!(Room::next(104) * 8 <= 104 * 9);
    }
}

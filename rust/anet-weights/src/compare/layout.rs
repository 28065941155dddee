//! Where the segments of a tensor lie.
//!
//! A segment ends with its row, or 1024 numbers after the last one. Blocks are made of whole segments, so that sums do not
//! depend on how large a block is.

/// Numbers in a segment: few enough that their sum in single precision is good to six digits.
pub(super) const SEGMENT: usize = 1024;

/// About one segment in this many is looked at for what is a share and no sum: signs, and rounding.
const SAMPLED: u64 = 8;

/// Sides from which on a matrix has rows worth a cosine.
const SHORTEST_SIDE: u64 = 8;

/// A tensor as rows: the first axis against all others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) length: u64,
    /// Numbers in a row; all of them where rows say nothing.
    pub(super) row: u64,
    pub(super) has_rows: bool,
}

impl Layout {
    pub(super) fn new(shape: &[u64]) -> Self {
        let length: u64 = shape.iter().product();
        let rows = shape.first().copied().unwrap_or(1);
        let row = length.checked_div(rows).unwrap_or(0);
        let has_rows = shape.len() > 1 && rows.min(row) >= SHORTEST_SIDE;
        Self { length, row: if has_rows { row } else { length }, has_rows }
    }

    /// The end of the segment that begins at `start`.
    pub(super) fn segment_end(&self, start: u64) -> u64 {
        let in_row = start % self.row;
        (start - in_row + self.row).min(start + SEGMENT as u64)
    }

    /// Whether shares are measured on the segment that begins at `start`: by its place alone, and scattered over the columns.
    pub(super) fn is_sampled(&self, start: u64) -> bool {
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15; // 2^64 over the golden ratio
        (start / SEGMENT as u64).wrapping_mul(GOLDEN) < u64::MAX / SAMPLED
    }

    /// The end of a chunk that begins at `start`: whole rows where there are rows, whole segments where not.
    pub(super) fn chunk_end(&self, start: u64, chunk: u64) -> u64 {
        if !self.has_rows {
            return self.block_end(start, chunk);
        }
        let rows = (chunk / self.row).max(1);
        self.length.min(start.saturating_add(rows.saturating_mul(self.row)))
    }

    /// The end of a block that begins at `start`, which is where a segment begins.
    pub(super) fn block_end(&self, start: u64, block: u64) -> u64 {
        let end = start.saturating_add(block.max(SEGMENT as u64));
        if end >= self.length { self.length } else { end - end % self.row % SEGMENT as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_whole_segments() {
        for shape in [&[9, 2500][..], &[7, 11, 3], &[20_000], &[8, 8], &[]] {
            let layout = Layout::new(shape);
            let mut ends = vec![];
            let mut at = 0;
            while at < layout.length {
                at = layout.segment_end(at);
                ends.push(at);
            }
            assert_eq!(ends.last(), Some(&layout.length));
            for block in [1, 1500, 4096] {
                let mut at = 0;
                while at < layout.length {
                    let end = layout.block_end(at, block);
                    assert!(end > at && ends.contains(&end), "{shape:?} in blocks of {block}");
                    at = end;
                }
            }
        }
    }

    #[test]
    fn an_empty_tensor_has_no_segment() {
        assert_eq!(Layout::new(&[0, 5]).length, 0);
    }
}

//! Laying out all lines anew, where too many lie idle, rather than asking for more memory.

use crate::sparse::index::free_list::FreeList;
use crate::sparse::index::position_map::PositionMap;
use crate::sparse::index::posting_list::SlotNumber;
use crate::sparse::index::postings::Postings;

/// Standard deviations above the mean postings of a list for which it gets lines. Chosen on 2026-11-24; `make bench`
/// (`bench_anomaly`) measures it.
const DEVIATIONS: f64 = 1.0;

impl<S: SlotNumber, const N: usize> Postings<S, N> {
    /// Whether `lines` more should come from a new layout: memory is full, no free run fits, and too much lies idle.
    pub(super) fn is_wasteful(&self, lines: u32) -> bool {
        let full = self.lines.len() + lines as usize > self.lines.capacity();
        full && !self.free.has(lines) && self.free.is_wasted(self.lines.len())
    }

    /// Gives every list the lines that it is likely to need.
    ///
    /// In place: all are pushed together at the start, then, the last one first, moved to where they belong.
    pub(super) fn lay_out(&mut self, map: &mut PositionMap, growth: f64) {
        let mut order = map.lists_in_use();
        order.sort_unstable_by_key(|number| map.get(*number).start);
        let packed = self.pack(map, &order);
        let total = assign_lines::<N>(map, &order, growth);
        self.resize(total.max(packed), 0);
        let mut end = total as u32;
        for number in order.iter().rev() {
            let list = map.get_mut(*number);
            end -= list.lines;
            self.move_lines(list.start, list.used_lines::<N>() as u32, end);
            list.start = end;
        }
        self.lines.truncate(total);
        self.free = FreeList::default();
    }

    /// Pushes the used lines together at the start, and returns their number.
    fn pack(&mut self, map: &mut PositionMap, order: &[u32]) -> usize {
        let mut end = 0;
        for number in order {
            let list = map.get_mut(*number);
            self.straighten(list);
            let used = list.used_lines::<N>() as u32;
            self.move_lines(list.start, used, end);
            list.start = end;
            end += used;
        }
        end as usize
    }
}

/// Sets the size of each run of lines, and returns the sum.
fn assign_lines<const N: usize>(map: &mut PositionMap, order: &[u32], growth: f64) -> usize {
    let held: usize = order.iter().map(|number| map.get(*number).held as usize).sum();
    let usual = held as f64 / order.len().max(1) as f64;
    let lines = order.iter().map(|number| {
        let list = map.get_mut(*number);
        let postings = expected_postings(list.held, usual, growth) + list.first as usize;
        list.lines = FreeList::rounded(postings.div_ceil(N).max(list.used_lines::<N>()) as u32);
        list.lines as usize
    });
    lines.sum()
}

/// Postings to expect in a list, once there are `growth` times as many.
///
/// Of a Poisson count: its mean and [`DEVIATIONS`] standard deviations. A list that holds more than usual keeps its share.
fn expected_postings(held: u32, usual: f64, growth: f64) -> usize {
    let mean = usual * growth;
    (mean + DEVIATIONS * mean.sqrt()).max(f64::from(held) * growth) as usize
}

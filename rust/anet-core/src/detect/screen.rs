//! Which signatures of the history can be among the most similar: found by bounds, so that few cosines are computed.

use crate::detect::bag::Signature;
use crate::kernel::Backend;
use crate::kernel::neighbours::K;
use crate::kernel::overlap::{COLUMNS, Pick, Row, SLACK};

/// Elevations are at most 1.
const UNIT: f64 = u16::MAX as f64;
/// A slot that no signature has.
const NOWHERE: u16 = u16::MAX;
/// The fifth highest of so many maxima bounds the fifth highest of all from below.
const LANES: usize = 8;

/// The newest 128 signatures of a history by slot: a row for each slot that any of them has, a column for each signature.
#[derive(Debug, Clone)]
pub struct Screen {
    rows: Vec<Row>,
    /// Numbers of rows that are all zeros.
    free: Vec<u16>,
    slots: Vec<Slot>,
    picks: Vec<Pick>,
    /// Lower bounds of the last query's cosines, the newest signature first.
    bounds: Row,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    row: u16,
    /// Columns that are not zero.
    columns: u16,
}

impl Screen {
    /// No signatures over `size` slots.
    pub fn new(size: usize) -> Self {
        let slots = vec![Slot { row: NOWHERE, columns: 0 }; size];
        Self { rows: Vec::new(), free: Vec::new(), slots, picks: Vec::new(), bounds: Row([0; COLUMNS]) }
    }

    /// A signature takes its column.
    pub fn enter(&mut self, signature: &Signature) {
        let column = column(signature);
        for (&slot, &elevation) in signature.slots.iter().zip(&signature.elevations) {
            let slot = &mut self.slots[usize::from(slot)];
            if slot.row == NOWHERE {
                slot.row = self.free.pop().unwrap_or_else(|| {
                    self.rows.push(Row([0; COLUMNS]));
                    (self.rows.len() - 1) as u16
                });
            }
            slot.columns += 1;
            self.rows[usize::from(slot.row)].0[column] = (UNIT * elevation) as u16;
        }
    }

    /// One that entered leaves.
    pub fn leave(&mut self, signature: &Signature) {
        let column = column(signature);
        for &slot in &signature.slots {
            let slot = &mut self.slots[usize::from(slot)];
            self.rows[usize::from(slot.row)].0[column] = 0;
            slot.columns -= 1;
            if slot.columns == 0 {
                self.free.push(std::mem::replace(&mut slot.row, NOWHERE));
            }
        }
    }

    /// Bounds the cosines of a query; `newest` is the signature that entered last.
    pub fn query(&mut self, backend: Backend, query: &Signature, newest: &Signature) {
        self.picks.clear();
        for (&slot, &elevation) in query.slots.iter().zip(&query.elevations) {
            let row = self.slots[usize::from(slot)].row;
            if row != NOWHERE {
                self.picks.push((row, (UNIT * elevation) as u16));
            }
        }
        let sums = backend.overlaps(&self.rows, &self.picks).0;
        let (older, newer) = sums.split_at(column(newest));
        self.bounds.0[..newer.len()].copy_from_slice(newer);
        self.bounds.0[newer.len()..].copy_from_slice(older);
    }

    /// Which of the newest `scale` signatures can be among the five most similar of these, a bit for each, the newest lowest;
    /// a few others may be among them.
    pub fn likely(&self, backend: Backend, scale: usize) -> u128 {
        let fifth = fifth_of_lanes(&self.bounds.0[..scale.min(COLUMNS)]);
        let least = fifth.saturating_sub(SLACK * self.picks.len() as u16);
        backend.at_least(&self.bounds, least) & (u128::MAX >> (COLUMNS - scale.min(COLUMNS)))
    }
}

/// Columns are taken from the last to the first, so that those after the newest are ever older.
fn column(signature: &Signature) -> usize {
    COLUMNS - 1 - (signature.number() % COLUMNS as u64) as usize
}

/// At least five bounds are as high as the fifth highest of their maxima in eight lanes.
fn fifth_of_lanes(bounds: &[u16]) -> u16 {
    let mut lanes = [0; LANES];
    for chunk in bounds.chunks(LANES) {
        lanes.iter_mut().zip(chunk).for_each(|(highest, &bound)| *highest = bound.max(*highest));
    }
    let mut highest = [0; K];
    for mut lane in lanes {
        for place in &mut highest {
            (*place, lane) = (lane.max(*place), lane.min(*place));
        }
    }
    highest[K - 1]
}

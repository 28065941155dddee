//! Which signatures of the history can be among the most similar: found by bounds, so that few cosines are computed.

use crate::detect::bag::{Signature, TOP};
use crate::kernel::Backend;
use crate::kernel::neighbours::K;
use crate::kernel::overlap::{COLUMNS, Pick, Row, Sums};

/// A slot that no signature has.
const NOWHERE: u16 = u16::MAX;
/// The fifth highest of so many maxima bounds the fifth highest of all from below.
const LANES: usize = 8;
/// What a peak of 1 would be.
const UNIT: f64 = 65_536.0;
/// More rows come by one part in so many, where `Vec` would double.
const SPARE: usize = 8;

/// The newest 128 signatures of a history by slot: a row for each slot that any of them has, a column for each signature.
///
/// A row has eight bits for an elevation, in 255ths of the highest in its column.
#[derive(Debug, Clone)]
pub struct Screen {
    rows: Vec<Row>,
    /// Numbers of rows that are all zeros.
    free: Vec<u16>,
    slots: Vec<Slot>,
    /// The highest elevation of each column in 65,536ths, rounded up; all but 1 where it is empty.
    peaks: [u16; COLUMNS],
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    row: u16,
    /// Columns that are not zero.
    columns: u16,
}

/// The cosines of a query, the newest signature first, are at least `lower` and at most `upper`, in a unit of its own.
#[derive(Debug)]
pub struct Bounds {
    lower: Sums,
    upper: Sums,
}

impl Screen {
    /// No signatures over `size` slots.
    pub fn new(size: usize) -> Self {
        let slots = vec![Slot { row: NOWHERE, columns: 0 }; size];
        Self { rows: Vec::new(), free: Vec::new(), slots, peaks: [u16::MAX; COLUMNS] }
    }

    /// A signature takes its column.
    pub fn enter(&mut self, signature: &Signature) {
        let column = column(signature);
        let peak = signature.elevations.iter().fold(0.0_f64, |peak, &elevation| peak.max(elevation));
        self.peaks[column] = (UNIT * peak + 1.0) as u16;
        let unit = 255.0 * UNIT / f64::from(self.peaks[column]);
        for (&slot, &elevation) in signature.slots.iter().zip(&signature.elevations) {
            let row = self.row(slot);
            self.slots[usize::from(slot)].columns += 1;
            self.rows[row].0[column] = (unit * elevation) as u8;
        }
    }

    /// The number of the row of a slot, made if there is none.
    fn row(&mut self, slot: u16) -> usize {
        let slot = &mut self.slots[usize::from(slot)];
        if slot.row == NOWHERE {
            slot.row = self.free.pop().unwrap_or_else(|| {
                if self.rows.len() == self.rows.capacity() {
                    self.rows.reserve_exact(self.rows.len() / SPARE + 1);
                }
                self.rows.push(Row([0; COLUMNS]));
                (self.rows.len() - 1) as u16
            });
        }
        usize::from(slot.row)
    }

    /// One that entered leaves.
    pub fn leave(&mut self, signature: &Signature) {
        let column = column(signature);
        self.peaks[column] = u16::MAX;
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
    ///
    /// With elevations (component + r) peak / 255 and those of the query (value + s) / scale, 0 ≤ r, s < 1, a cosine is at
    /// least peak / (255 scale) Σ component · value, and at most peak / (255 scale) Σ (component · value + value + 255). The
    /// kernel gives a 256th of the first sum, and less than 1 a pick too little. No sum goes beyond sixteen bits where the
    /// scale is what they hold times the lowest peak.
    pub fn query(&self, backend: Backend, query: &Signature, newest: &Signature) -> Bounds {
        let lowest = self.peaks.iter().fold(u16::MAX, |lowest, &peak| lowest.min(peak));
        let mut picks = [(0, 0); TOP];
        let picks = self.pick(query, f64::from(u16::MAX) * f64::from(lowest) / UNIT, &mut picks);
        let sums = backend.overlaps(&self.rows, picks).0;
        let slack: u32 = picks.iter().map(|&(_, value)| u32::from(value) + 511).sum();
        let slack = (slack / 256 + 1) as u16;
        let lower = Sums(std::array::from_fn(|i| product(self.peaks[i], sums[i])));
        let upper = Sums(std::array::from_fn(|i| lower.0[i] + product(self.peaks[i], slack) + 2));
        let newest = column(newest);
        Bounds { lower: from(newest, &lower), upper: from(newest, &upper) }
    }

    /// The rows of the slots of a query that any signature has.
    fn pick<'a>(&self, query: &Signature, scale: f64, picks: &'a mut [Pick; TOP]) -> &'a [Pick] {
        let mut count = 0;
        for (&slot, &elevation) in query.slots.iter().zip(&query.elevations) {
            let row = self.slots[usize::from(slot)].row;
            picks[count] = (row, (scale * elevation) as u16);
            count += usize::from(row != NOWHERE);
        }
        &picks[..count]
    }
}

impl Bounds {
    /// Which of the newest `scale` signatures can be among the five most similar of these, a bit for each, the newest lowest;
    /// a few others may be among them.
    pub fn likely(&self, backend: Backend, scale: usize) -> u128 {
        let scale = scale.min(COLUMNS);
        backend.at_least(&self.upper, fifth_of_lanes(&self.lower.0[..scale]))
            & (u128::MAX >> (COLUMNS - scale))
    }
}

/// The upper half of a product.
fn product(a: u16, b: u16) -> u16 {
    ((u32::from(a) * u32::from(b)) >> 16) as u16
}

/// The same columns, with another one first.
fn from(first: usize, sums: &Sums) -> Sums {
    let mut turned = Sums([0; COLUMNS]);
    let (older, newer) = sums.0.split_at(first);
    turned.0[..newer.len()].copy_from_slice(newer);
    turned.0[newer.len()..].copy_from_slice(older);
    turned
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

//! Bounds of all cosines, so that few are computed: only those of signatures that can be among the five nearest.

use crate::detect::tokens::novelty::bag_signature::{BagSignature, TOP};
use crate::detect::tokens::novelty::query_bounds::QueryBounds;
use anet_simd::Level;
use anet_simd::{COLUMNS, ColumnSums, ComponentRow, QueryComponent};

/// A slot that no signature has.
const NOWHERE: u16 = u16::MAX;
/// What a query's values are scaled by where the lowest peak is 1: no sum goes beyond sixteen bits, see
/// [`CosineBounds::query`].
const SCALE: f64 = 64_000.0;
/// More than (1 + ‖r‖) times the length of the query's own rounding errors: at most √128 / 2 in units of a value.
const ROUNDING: u16 = 6;
/// A peak of 1, in the units of the peaks.
const UNIT: f64 = 65_536.0;
/// Rows grow by an eighth, where `Vec` would double.
const SPARE: usize = 8;

/// The newest 128 signatures of a history by slot: a row for each slot that any of them has, a column for each signature.
///
/// A row has eight bits for an elevation, in 255ths of the highest in its column, rounded to the nearest.
#[derive(Debug, Clone)]
pub(super) struct CosineBounds {
    rows: Vec<ComponentRow>,
    /// Numbers of rows that are all zeros.
    free: Vec<u16>,
    slots: Vec<SlotRow>,
    /// The highest elevation of each column in 65,536ths, rounded up; all but 1 where it is empty.
    peaks: [u16; COLUMNS],
    /// What rounding costs each column: the Euclidean distance of its bytes from its elevations, in 65,536ths, rounded up.
    errors: [u16; COLUMNS],
}

#[derive(Debug, Clone, Copy)]
struct SlotRow {
    row: u16,
    /// Columns that are not zero.
    columns: u16,
}

impl CosineBounds {
    /// No signatures over `size` slots.
    pub(super) fn new(size: usize) -> Self {
        let slots = vec![SlotRow { row: NOWHERE, columns: 0 }; size];
        Self { rows: Vec::new(), free: Vec::new(), slots, peaks: [u16::MAX; COLUMNS], errors: [0; COLUMNS] }
    }

    /// A signature takes its column.
    pub(super) fn enter(&mut self, signature: &BagSignature) {
        let column = column(signature);
        let peak = signature.elevations.iter().fold(0.0_f64, |peak, &elevation| peak.max(elevation));
        self.peaks[column] = (UNIT * peak + 1.0) as u16;
        let step = f64::from(self.peaks[column]) / (255.0 * UNIT);
        let mut squares = 0.0;
        for (&slot, &elevation) in signature.slots.iter().zip(&signature.elevations) {
            let row = self.row(slot);
            self.slots[usize::from(slot)].columns += 1;
            let byte = (elevation / step + 0.5) as u8;
            self.rows[row].0[column] = byte;
            squares += (elevation - step * f64::from(byte)).powi(2);
        }
        self.errors[column] = (UNIT * squares.sqrt() + 1.0) as u16;
    }

    /// The number of the row of a slot, made if there is none.
    fn row(&mut self, slot: u16) -> usize {
        let slot = &mut self.slots[usize::from(slot)];
        if slot.row == NOWHERE {
            slot.row = self.free.pop().unwrap_or_else(|| {
                if self.rows.len() == self.rows.capacity() {
                    self.rows.reserve_exact(self.rows.len() / SPARE + 1);
                }
                self.rows.push(ComponentRow([0; COLUMNS]));
                (self.rows.len() - 1) as u16
            });
        }
        usize::from(slot.row)
    }

    /// One that entered leaves.
    pub(super) fn leave(&mut self, signature: &BagSignature) {
        let column = column(signature);
        self.peaks[column] = u16::MAX;
        self.errors[column] = 0;
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
    /// The elevations are peak / 255 · byte + r, those of the query value / scale + s, with |s| ≤ 1 / (2 scale). By Cauchy and
    /// Schwarz a cosine lies within ‖r‖ + (1 + ‖r‖) ‖s‖ of peak / (255 scale) Σ byte · value. The kernel gives a 256th of the
    /// sum, and loses less than 1 a pick. The sum stays below 65,536, since `SCALE` leaves room for what rounding adds: a
    /// 512th of Σ byte + Σ value. The unit is 255 / 256 scale.
    pub(super) fn query(&self, level: Level, query: &BagSignature, newest: &BagSignature) -> QueryBounds {
        let lowest = self.peaks.iter().fold(u16::MAX, |lowest, &peak| lowest.min(peak));
        let scale = SCALE * f64::from(lowest) / UNIT;
        let unit = scale * 255.0 / 256.0;
        let mut picks = [(0, 0); TOP];
        let picks = self.pick(query, scale, &mut picks);
        let sums = level.dot_u8(&self.rows, picks).0;
        let middle: [u16; COLUMNS] = std::array::from_fn(|i| product(self.peaks[i], sums[i]));
        let slack: [u16; COLUMNS] =
            std::array::from_fn(|i| product(self.errors[i], unit as u16 + 1) + 1 + ROUNDING);
        let lost = picks.len() as u16;
        let lower = ColumnSums(std::array::from_fn(|i| middle[i].saturating_sub(slack[i])));
        let upper = std::array::from_fn(|i| {
            middle[i].saturating_add(slack[i]).saturating_add(product(self.peaks[i], lost) + 2)
        });
        let newest = column(newest);
        QueryBounds { unit, lower: from(newest, &lower), upper: from(newest, &ColumnSums(upper)) }
    }

    /// The rows of the slots of a query that any signature has.
    fn pick<'a>(
        &self,
        query: &BagSignature,
        scale: f64,
        picks: &'a mut [QueryComponent; TOP],
    ) -> &'a [QueryComponent] {
        let mut count = 0;
        for (&slot, &elevation) in query.slots.iter().zip(&query.elevations) {
            let row = self.slots[usize::from(slot)].row;
            picks[count] = (row, (scale * elevation + 0.5) as u16);
            count += usize::from(row != NOWHERE);
        }
        &picks[..count]
    }
}

/// The upper half of a product.
fn product(a: u16, b: u16) -> u16 {
    ((u32::from(a) * u32::from(b)) >> 16) as u16
}

/// The same columns, with another one first.
fn from(first: usize, sums: &ColumnSums) -> ColumnSums {
    let mut turned = ColumnSums([0; COLUMNS]);
    let (older, newer) = sums.0.split_at(first);
    turned.0[..newer.len()].copy_from_slice(newer);
    turned.0[newer.len()..].copy_from_slice(older);
    turned
}

/// Columns are taken from the last to the first, so that those after the newest are ever older.
fn column(signature: &BagSignature) -> usize {
    COLUMNS - 1 - (signature.number() % COLUMNS as u64) as usize
}

//! Which signatures of the history can be among the most similar: found by bounds, so that few cosines are computed.

use crate::detect::tokens::bag_of_tokens::{Signature, TOP};
use anet_simd::{COLUMNS, ColumnSums, ComponentRow, Level, NEAREST, QueryComponent};

/// A slot that no signature has.
const NOWHERE: u16 = u16::MAX;
/// The fifth highest of so many maxima bounds the fifth highest of all from below.
const LANES: usize = 16;
/// What a query's values are scaled by at the lowest peak of 1: no sum goes beyond sixteen bits, see [`Screen::query`].
const SCALE: f64 = 64_000.0;
/// More than (1 + gap) times the length of the query's own rounding errors, √128 / 2 at most in units of a value.
const ROUNDING: u16 = 6;
/// What a peak of 1 would be.
const UNIT: f64 = 65_536.0;
/// More rows come by one part in so many, where `Vec` would double.
const SPARE: usize = 8;

/// The newest 128 signatures of a history by slot: a row for each slot that any of them has, a column for each signature.
///
/// A row has eight bits for an elevation, in 255ths of the highest in its column, rounded to the nearest.
#[derive(Debug, Clone)]
pub struct Screen {
    rows: Vec<ComponentRow>,
    /// Numbers of rows that are all zeros.
    free: Vec<u16>,
    slots: Vec<Slot>,
    /// The highest elevation of each column in 65,536ths, rounded up; all but 1 where it is empty.
    peaks: [u16; COLUMNS],
    /// How far the components of each column lie from its elevations: the Euclidean distance in 65,536ths, rounded up.
    gaps: [u16; COLUMNS],
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    row: u16,
    /// Columns that are not zero.
    columns: u16,
}

/// The cosines of a query, the newest signature first, times `unit` are at least `lower` and at most `upper`.
#[derive(Debug)]
pub struct Bounds {
    unit: f64,
    lower: ColumnSums,
    upper: ColumnSums,
}

impl Screen {
    /// No signatures over `size` slots.
    pub fn new(size: usize) -> Self {
        let slots = vec![Slot { row: NOWHERE, columns: 0 }; size];
        Self { rows: Vec::new(), free: Vec::new(), slots, peaks: [u16::MAX; COLUMNS], gaps: [0; COLUMNS] }
    }

    /// A signature takes its column.
    pub fn enter(&mut self, signature: &Signature) {
        let column = column(signature);
        let peak = signature.elevations.iter().fold(0.0_f64, |peak, &elevation| peak.max(elevation));
        self.peaks[column] = (UNIT * peak + 1.0) as u16;
        let step = f64::from(self.peaks[column]) / (255.0 * UNIT);
        let mut squares = 0.0;
        for (&slot, &elevation) in signature.slots.iter().zip(&signature.elevations) {
            let row = self.row(slot);
            self.slots[usize::from(slot)].columns += 1;
            let component = (elevation / step + 0.5) as u8;
            self.rows[row].0[column] = component;
            squares += (elevation - step * f64::from(component)).powi(2);
        }
        self.gaps[column] = (UNIT * squares.sqrt() + 1.0) as u16;
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
    pub fn leave(&mut self, signature: &Signature) {
        let column = column(signature);
        self.peaks[column] = u16::MAX;
        self.gaps[column] = 0;
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
    /// The elevations are peak / 255 · component + r and those of the query value / scale + s, each |s| ≤ 1 / (2 scale). By
    /// Cauchy and Schwarz a cosine is peak / (255 scale) Σ component · value, give or take ‖r‖ = gap and (1 + gap) ‖s‖. The
    /// kernel gives a 256th of the sum, less than 1 a pick too little; that it stays below 65,536 takes a `SCALE` that leaves
    /// room for what rounding adds, a 512th of Σ component + Σ value. The unit is 255 / 256 scale.
    pub fn query(&self, level: Level, query: &Signature, newest: &Signature) -> Bounds {
        let lowest = self.peaks.iter().fold(u16::MAX, |lowest, &peak| lowest.min(peak));
        let scale = SCALE * f64::from(lowest) / UNIT;
        let unit = scale * 255.0 / 256.0;
        let mut picks = [(0, 0); TOP];
        let picks = self.pick(query, scale, &mut picks);
        let sums = level.dot_u8(&self.rows, picks).0;
        let middle: [u16; COLUMNS] = std::array::from_fn(|i| product(self.peaks[i], sums[i]));
        let slack: [u16; COLUMNS] =
            std::array::from_fn(|i| product(self.gaps[i], unit as u16 + 1) + 1 + ROUNDING);
        let lost = picks.len() as u16;
        let lower = ColumnSums(std::array::from_fn(|i| middle[i].saturating_sub(slack[i])));
        let upper = std::array::from_fn(|i| {
            middle[i].saturating_add(slack[i]).saturating_add(product(self.peaks[i], lost) + 2)
        });
        let newest = column(newest);
        Bounds { unit, lower: from(newest, &lower), upper: from(newest, &ColumnSums(upper)) }
    }

    /// The rows of the slots of a query that any signature has.
    fn pick<'a>(
        &self,
        query: &Signature,
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

impl Bounds {
    /// Which of the newest `scale` signatures can be among the five most similar of these, a bit for each, the newest lowest;
    /// a few others may be among them. Five are known to be `fifth` or more.
    pub fn likely(&self, level: Level, scale: usize, fifth: f64) -> u128 {
        let scale = scale.min(COLUMNS);
        let least = fifth_of_lanes(&self.lower.0[..scale]).max((self.unit * fifth) as u16);
        level.columns_at_least(&self.upper, least) & (u128::MAX >> (COLUMNS - scale))
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
fn column(signature: &Signature) -> usize {
    COLUMNS - 1 - (signature.number() % COLUMNS as u64) as usize
}

/// At least five bounds are as high as the fifth highest of their maxima in lanes.
fn fifth_of_lanes(bounds: &[u16]) -> u16 {
    let mut lanes = [0; LANES];
    for chunk in bounds.chunks(LANES) {
        lanes.iter_mut().zip(chunk).for_each(|(highest, &bound)| *highest = bound.max(*highest));
    }
    let mut highest = [0; NEAREST];
    for mut lane in lanes {
        for place in &mut highest {
            (*place, lane) = (lane.max(*place), lane.min(*place));
        }
    }
    highest[NEAREST - 1]
}

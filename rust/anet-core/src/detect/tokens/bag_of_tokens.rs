//! The words of the last samples, and the signature that they make.

use std::sync::LazyLock;

use crate::detect::tokens::tokens::WORDS;
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};
use anet_simd::prefetch;

/// Samples in a bag.
pub const WINDOW: usize = 16;
/// One signature in so many samples enters the history.
pub const STRIDE: u64 = 8;
/// Most positions in a signature.
pub const TOP: usize = 128;
/// Added to each elevation, so that a bag of common words has a direction too.
const SMALLEST: f64 = 1e-12;
/// Bytes that memory is asked for at a time.
const LINE: usize = 64;

/// A signature of unit length; its slots ascend.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signature {
    /// Sample number of its newest sample.
    pub end: u64,
    /// Numbers of the positions.
    pub slots: Vec<u16>,
    /// Elevations, in the same order.
    pub elevations: Vec<f64>,
}

impl Signature {
    /// Which of those that enter a history it is.
    pub fn number(&self) -> u64 {
        self.end / STRIDE
    }

    /// Asks for all of its memory.
    pub fn prefetch(&self) {
        self.slots.iter().step_by(LINE / size_of::<u16>()).for_each(prefetch);
        self.elevations.iter().step_by(LINE / size_of::<f64>()).for_each(prefetch);
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.u64(self.end);
        out.count(self.slots.len());
        self.slots.iter().for_each(|&slot| out.u16(slot));
        self.elevations.iter().for_each(|&elevation| out.f64(elevation));
    }

    /// Reads them back, for a vocabulary of `size` slots.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn read(from: &mut Reader<'_>, size: usize) -> Result<Self> {
        let end = from.u64()?;
        let count = from.count(size_of::<u16>() + size_of::<f64>())?;
        let slots = (0..count).map(|_| from.u16()).collect::<Result<Vec<_>>>()?;
        let elevations = (0..count).map(|_| from.f64()).collect::<Result<Vec<_>>>()?;
        let possible = slots.iter().all(|&slot| usize::from(slot) < size)
            && elevations.iter().all(|elevation| (0.0..=1.0 + 1e-9).contains(elevation));
        if possible {
            Ok(Self { end, slots, elevations })
        } else {
            Err(StateError::Field { name: "signature" }.into())
        }
    }
}

/// How often each slot occurs in the last 16 samples.
#[derive(Debug, Clone)]
pub struct Bag {
    samples: [[u16; WORDS]; WINDOW],
    filled: usize,
    next: usize,
    occurrences: Vec<u8>,
    /// One bit a slot that occurs: the way to visit them in order.
    present: Vec<u64>,
}

/// ln(1 + occurrences), looked up.
static WEIGHTS: LazyLock<[f64; WINDOW * WORDS + 1]> =
    LazyLock::new(|| std::array::from_fn(|occurrences| libm::log(1.0 + occurrences as f64)));

impl Bag {
    /// An empty bag over `size` slots.
    pub fn new(size: usize) -> Self {
        Self {
            samples: [[0; WORDS]; WINDOW],
            filled: 0,
            next: 0,
            occurrences: vec![0; size],
            present: vec![0; size.div_ceil(64)],
        }
    }

    /// Takes the slots of a sample in, and those of the seventeenth before it out.
    pub fn push(&mut self, slots: &[u16; WORDS]) {
        if self.filled == WINDOW {
            let leaving = self.samples[self.next];
            leaving.map(usize::from).into_iter().for_each(|slot| self.remove(slot));
        } else {
            self.filled += 1;
        }
        slots.map(usize::from).into_iter().for_each(|slot| self.insert(slot));
        self.samples[self.next] = *slots;
        self.next = (self.next + 1) % WINDOW;
    }

    fn insert(&mut self, slot: usize) {
        self.occurrences[slot] += 1;
        self.present[slot / 64] |= 1 << (slot % 64);
    }

    fn remove(&mut self, slot: usize) {
        self.occurrences[slot] -= 1;
        if self.occurrences[slot] == 0 {
            self.present[slot / 64] &= !(1 << (slot % 64));
        }
    }

    /// Appends the samples, the oldest first.
    pub fn write(&self, out: &mut Writer) {
        let oldest = if self.filled == WINDOW { self.next } else { 0 };
        out.count(self.filled);
        for i in 0..self.filled {
            self.samples[(oldest + i) % WINDOW].iter().for_each(|&slot| out.u16(slot));
        }
    }

    /// Reads them back into an empty bag.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        for _ in 0..from.count(WORDS * size_of::<u16>())? {
            let mut slots = [0; WORDS];
            for slot in &mut slots {
                *slot = from.u16()?;
            }
            if slots.iter().any(|&slot| usize::from(slot) >= self.occurrences.len()) {
                return Err(StateError::Field { name: "bag" }.into());
            }
            self.push(&slots);
        }
        Ok(())
    }

    /// Writes the signature: ln(1 + occurrences) times the weight of the slot, the 128 highest (between equals the lower
    /// position), scaled to unit length. The weight is ln((9 N + 1) / (count + ½)), at least 0, of the logarithms of both.
    pub fn sign(&self, tokens_log: f64, logs: &[f64], signature: &mut Signature) {
        signature.slots.clear();
        signature.elevations.clear();
        let weights = &*WEIGHTS;
        for (word, &bits) in self.present.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let slot = word * 64 + bits.trailing_zeros() as usize;
                let occurrences = usize::from(self.occurrences[slot]);
                let weight = (tokens_log - logs[slot]).max(0.0);
                signature.slots.push(slot as u16);
                signature.elevations.push(weights[occurrences] * weight + SMALLEST);
                bits &= bits - 1;
            }
        }
        if signature.slots.len() > TOP {
            keep_highest(signature);
        }
        scale(&mut signature.elevations);
    }
}

/// The sum of squares in four parts, which need not wait for each other.
fn scale(elevations: &mut [f64]) {
    let (fours, rest) = elevations.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, elevation)| *sum += elevation * elevation);
    }
    let rest: f64 = rest.iter().map(|elevation| elevation * elevation).sum();
    let shrink = 1.0 / ((sums[0] + sums[1]) + (sums[2] + sums[3]) + rest).sqrt();
    elevations.iter_mut().for_each(|elevation| *elevation *= shrink);
}

fn keep_highest(signature: &mut Signature) {
    let mut order: Vec<usize> = (0..signature.slots.len()).collect();
    order.sort_by(|&a, &b| signature.elevations[b].total_cmp(&signature.elevations[a]));
    order.truncate(TOP);
    order.sort_unstable();
    signature.slots = order.iter().map(|&i| signature.slots[i]).collect();
    signature.elevations = order.iter().map(|&i| signature.elevations[i]).collect();
}

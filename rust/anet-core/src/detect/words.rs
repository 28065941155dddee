//! How far the newest bag of words lies from those in the history.

use std::collections::VecDeque;

use crate::detect::bag::{Bag, Signature, WINDOW};
use crate::detect::explain::Stretch;
use crate::detect::nearest::Highest;
use crate::detect::part::Part;
use crate::detect::rarity::Counts;
use crate::detect::tokens::WORDS;
use crate::error::{Result, StateError};
use crate::kernel::neighbours::K;
use crate::state::{Reader, Writer};

/// One signature in so many samples enters the history.
const STRIDE: u64 = 8;
/// One sample in so many is compared with it.
const QUERY: u64 = 2;
/// Newest so many signatures looked at: 64, 256 and 1024 samples.
const SCALES: [usize; 3] = [8, 32, 128];
/// Signatures kept: the largest scale, and those that still overlap the newest bag.
const KEPT: usize = 131;

/// Slots that a page begins after: 41 kB where signatures are long.
const SLOTS: usize = 32;

/// Mean over three scales of 1 − the mean of the five highest cosines.
#[derive(Debug, Clone)]
pub struct Words {
    bag: Bag,
    /// The oldest first.
    history: VecDeque<Signature>,
    query: Signature,
    /// The query by slot; 0 between queries.
    dense: Vec<f64>,
    value: f64,
}

impl Words {
    /// An empty history over `size` slots.
    pub fn new(size: usize) -> Self {
        Self {
            bag: Bag::new(size),
            history: VecDeque::with_capacity(KEPT),
            query: Signature::default(),
            dense: vec![0.0; size],
            value: Part::Words.prior().0,
        }
    }

    /// The novelty at sample number `t`, whose slots are counted already. Between queries the last one holds.
    pub fn push(&mut self, t: u64, slots: &[u16; WORDS], counts: &Counts) -> f64 {
        self.bag.push(slots);
        if t < WINDOW as u64 || !t.is_multiple_of(QUERY) {
            return self.value;
        }
        self.bag.sign(counts, &mut self.query);
        self.query.end = t;
        self.compare();
        if t.is_multiple_of(STRIDE) {
            self.remember();
        }
        self.value
    }

    fn compare(&mut self) {
        let apart = self.history.iter().take_while(|old| old.end + WINDOW as u64 <= self.query.end).count();
        if apart < K {
            return;
        }
        self.spread();
        let mut highest = Highest::new();
        let mut distance = 0.0;
        for (i, old) in self.history.range(..apart).rev().take(SCALES[2]).enumerate() {
            highest.offer(cosine(&self.dense, old));
            if SCALES.contains(&(i + 1)) {
                distance += 1.0 - highest.mean();
            }
        }
        let unfinished = SCALES.iter().filter(|&&scale| scale > apart).count();
        distance += unfinished as f64 * (1.0 - highest.mean());
        self.value = distance / SCALES.len() as f64;
        self.query.slots.iter().for_each(|&slot| self.dense[usize::from(slot)] = 0.0);
    }

    fn spread(&mut self) {
        for (&slot, &elevation) in self.query.slots.iter().zip(&self.query.elevations) {
            self.dense[usize::from(slot)] = elevation;
        }
    }

    /// The query enters the history; the signature that leaves lends its memory to the next query.
    fn remember(&mut self) {
        let leaving = if self.history.len() == KEPT { self.history.pop_front() } else { None };
        self.history.push_back(std::mem::replace(&mut self.query, leaving.unwrap_or_default()));
    }
}

impl Words {
    /// The nearest signatures at sample number `t`, the nearest first.
    pub fn nearest(&self, t: u64, counts: &Counts) -> Vec<Stretch> {
        let mut now = Self { history: VecDeque::new(), ..self.clone() };
        now.bag.sign(counts, &mut now.query);
        now.spread();
        let apart = self.history.iter().filter(|old| old.end + WINDOW as u64 <= t);
        let stretch = |old: &Signature| Stretch { age: t - old.end, distance: 1.0 - cosine(&now.dense, old) };
        let mut nearest: Vec<Stretch> = apart.map(stretch).collect();
        nearest.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.age.cmp(&b.age)));
        nearest.truncate(K);
        nearest
    }

    /// Appends the fields; the history in the order of its slots.
    pub fn write(&self, out: &mut Writer) {
        out.f64(self.value);
        self.bag.write(out);
        out.count(self.history.len());
        let mut signatures: Vec<&Signature> = self.history.iter().collect();
        signatures.sort_unstable_by_key(|signature| slot(signature));
        let mut signatures = signatures.into_iter().peekable();
        for end in (0..KEPT).step_by(SLOTS).map(|first| first + SLOTS) {
            out.cut();
            while let Some(signature) = signatures.next_if(|signature| slot(signature) < end) {
                signature.write(out);
            }
        }
    }

    /// Reads them back into a fresh one, which stands before sample number `t`.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, t: u64, from: &mut Reader<'_>) -> Result<()> {
        self.value = from.f64()?;
        self.bag.restore(from)?;
        let count = from.count(2 * size_of::<u64>())?;
        let size = self.dense.len();
        let mut signatures = (0..count).map(|_| Signature::read(from, size)).collect::<Result<Vec<_>>>()?;
        signatures.sort_by_key(|signature| signature.end);
        self.history.extend(signatures);
        let ascending = self.history.iter().zip(self.history.iter().skip(1)).all(|(a, b)| a.end < b.end);
        let past = self.history.back().is_none_or(|newest| newest.end < t);
        if count <= KEPT && ascending && past && (-1.0..=2.0).contains(&self.value) {
            Ok(())
        } else {
            Err(StateError::Field { name: "history of words" }.into())
        }
    }
}

/// The place that a signature has in a ring of so many as are kept: the next one's is the next.
fn slot(signature: &Signature) -> usize {
    (signature.end / STRIDE % KEPT as u64) as usize
}

/// Four partial sums, so that the order of additions is the same everywhere.
fn cosine(dense: &[f64], old: &Signature) -> f64 {
    let term = |slot: u16, elevation: f64| dense[usize::from(slot)] * elevation;
    let mut sums = [0.0; 4];
    let slots = old.slots.chunks_exact(4);
    let elevations = old.elevations.chunks_exact(4);
    let rest = slots.remainder().iter().zip(elevations.remainder());
    let tail: f64 = rest.map(|(&slot, &elevation)| term(slot, elevation)).sum();
    for (slots, elevations) in slots.zip(elevations) {
        for lane in 0..4 {
            sums[lane] += term(slots[lane], elevations[lane]);
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + tail
}

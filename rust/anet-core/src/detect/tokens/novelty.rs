//! How far the newest bag of words lies from those in the history.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::detect::component::Part;
use crate::detect::explanation::Stretch;
use crate::detect::tokens::bag_of_tokens::{Bag, STRIDE, Signature, WINDOW};
use crate::detect::tokens::cosine_bounds::{Bounds, Screen};
use crate::detect::tokens::nearest::Highest;
use crate::detect::tokens::token_counts::Counts;
use crate::detect::tokens::tokens::{TOKENS, WORDS};
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};
use anet_simd::Level;
use anet_simd::dot_u8::COLUMNS;
use anet_simd::lag_distance::K;

/// One sample in so many is compared with it.
const QUERY: u64 = 2;
/// Newest so many signatures looked at: 64, 256 and 1024 samples.
const SCALES: [usize; 3] = [8, 32, 128];
/// Signatures kept: the largest scale, and those that still overlap the newest bag.
const KEPT: usize = 131;

/// Slots that a page begins after: 41 kB where signatures are long.
const SLOTS: usize = 32;

/// Places for slots: a power of two, by which the compiler sees that no slot lies outside.
const PLACES: usize = TOKENS.next_power_of_two();

/// Mean over three scales of 1 − the mean of the five highest cosines.
#[derive(Debug, Clone)]
pub struct Words {
    level: Level,
    bag: Bag,
    /// The oldest first.
    history: VecDeque<Signature>,
    /// The newest 128 of them that do not overlap the newest bag.
    screen: Screen,
    query: Signature,
    /// The logarithm of each count and a half: a count changes nine times a sample and is looked up many times more.
    logs: Vec<f64>,
    value: f64,
}

impl Words {
    /// An empty history over `size` slots.
    pub fn new(level: Level, size: usize) -> Self {
        Self {
            level,
            bag: Bag::new(size),
            history: VecDeque::with_capacity(KEPT),
            screen: Screen::new(size),
            query: Signature::default(),
            logs: vec![Counts::log(0.0); size],
            value: Part::Words.prior().0,
        }
    }

    /// The novelty at sample number `t`, whose slots are counted already. Between queries the last one holds.
    pub fn push(&mut self, t: u64, slots: &[u16; WORDS], counts: &Counts) -> f64 {
        self.learn(slots, counts);
        self.bag.push(slots);
        if t < WINDOW as u64 || !t.is_multiple_of(QUERY) {
            return self.value;
        }
        self.bag.sign(counts.tokens_log(), &self.logs, &mut self.query);
        self.query.end = t;
        self.compare();
        if t.is_multiple_of(STRIDE) {
            self.remember();
        }
        self.value
    }

    /// What [`Counts::logs`] would take afresh, before the counts go on.
    pub fn logs(&self, slots: &[u16; WORDS]) -> [f64; WORDS] {
        slots.map(|slot| self.logs[usize::from(slot)])
    }

    /// Follows the counts.
    fn learn(&mut self, slots: &[u16; WORDS], counts: &Counts) {
        if counts.just_halved() {
            self.relearn(counts);
        }
        let logs = counts.logs(slots);
        slots.iter().zip(logs).for_each(|(&slot, log)| self.logs[usize::from(slot)] = log);
    }

    fn relearn(&mut self, counts: &Counts) {
        self.logs.iter_mut().zip(counts.all()).for_each(|(log, &count)| *log = Counts::log(count));
    }

    fn compare(&mut self) {
        let apart = self.apart(self.query.end);
        if self.query.end.is_multiple_of(STRIDE) {
            self.admit(apart);
        }
        if apart < K {
            return;
        }
        let bounds = self.screen.query(self.level, &self.query, &self.history[apart - 1]);
        self.value = with_dense(&self.query, |dense| self.distance(apart, &bounds, dense));
    }

    fn distance(&self, apart: usize, bounds: &Bounds, dense: &[f64; PLACES]) -> f64 {
        let mut highest = Highest::new();
        let mut distance = 0.0;
        let mut seen = 0;
        for scale in SCALES.map(|scale| scale.min(apart)) {
            let likely = bounds.likely(self.level, scale, highest.lowest()) & !seen;
            let old = |age| &self.history[apart - 1 - age];
            ones(likely).for_each(|age| old(age).prefetch());
            ones(likely).for_each(|age| highest.offer(cosine(dense, old(age))));
            distance += 1.0 - highest.mean();
            seen = u128::MAX >> (COLUMNS - scale);
        }
        distance / SCALES.len() as f64
    }

    /// How many signatures, the oldest, do not overlap the bag at sample number `t`.
    fn apart(&self, t: u64) -> usize {
        let overlapping = self.history.iter().rev().take_while(|old| old.end + WINDOW as u64 > t).count();
        self.history.len() - overlapping
    }

    /// The newest of those that do not overlap the bag has just ceased to.
    fn admit(&mut self, apart: usize) {
        if let Some(newest) = apart.checked_sub(1) {
            if let Some(oldest) = newest.checked_sub(COLUMNS) {
                self.screen.leave(&self.history[oldest]);
            }
            self.screen.enter(&self.history[newest]);
        }
    }

    /// The query enters the history, in no more memory than it needs.
    fn remember(&mut self) {
        if self.history.len() == KEPT {
            self.history.pop_front();
        }
        self.history.push_back(self.query.clone());
    }
}

impl Words {
    /// The nearest signatures at sample number `t`, the nearest first.
    pub fn nearest(&self, t: u64, counts: &Counts) -> Vec<Stretch> {
        let mut now = Self { history: VecDeque::new(), ..self.clone() };
        now.bag.sign(counts.tokens_log(), &now.logs, &mut now.query);
        let apart = self.history.iter().filter(|old| old.end + WINDOW as u64 <= t);
        let mut nearest: Vec<Stretch> = with_dense(&now.query, |dense| {
            apart.map(|old| Stretch { age: t - old.end, distance: 1.0 - cosine(dense, old) }).collect()
        });
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
            out.page_break();
            while let Some(signature) = signatures.next_if(|signature| slot(signature) < end) {
                signature.write(out);
            }
        }
    }

    /// Reads them back into a fresh one, which stands before sample number `t`; `counts` are restored already.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, t: u64, counts: &Counts, from: &mut Reader<'_>) -> Result<()> {
        self.relearn(counts);
        self.value = from.f64()?;
        self.bag.restore(from)?;
        let count = from.count(2 * size_of::<u64>())?;
        let size = self.logs.len();
        let mut signatures = (0..count).map(|_| Signature::read(from, size)).collect::<Result<Vec<_>>>()?;
        signatures.sort_by_key(|signature| signature.end);
        self.history.extend(signatures);
        // One at every eighth sample from the sixteenth on, the newest at the last of these.
        let newest = (t.saturating_sub(1) / STRIDE) as usize;
        let due = newest.saturating_sub(WINDOW / STRIDE as usize - 1).min(KEPT);
        let ends = self.history.iter().rev().map(|signature| signature.end);
        let regular = ends.zip((0..=newest as u64).rev()).all(|(end, number)| end == number * STRIDE);
        if count != due || !regular || !(-1.0..=2.0).contains(&self.value) {
            return Err(StateError::Field { name: "history of words" }.into());
        }
        let apart = self.apart(t.saturating_sub(1));
        self.history.range(apart.saturating_sub(COLUMNS)..apart).for_each(|old| self.screen.enter(old));
        Ok(())
    }
}

/// The place that a signature has in a ring of so many as are kept: the next one's is the next.
fn slot(signature: &Signature) -> usize {
    (signature.number() % KEPT as u64) as usize
}

/// Lays a signature out by slot for `look`, in memory that all streams of a thread share: only what was written is cleared,
/// and it stays in the cache.
fn with_dense<T>(query: &Signature, look: impl FnOnce(&[f64; PLACES]) -> T) -> T {
    thread_local!(static DENSE: RefCell<[f64; PLACES]> = const { RefCell::new([0.0; PLACES]) });
    DENSE.with_borrow_mut(|dense| {
        query.slots.iter().zip(&query.elevations).for_each(|(&slot, &e)| dense[usize::from(slot)] = e);
        let found = look(dense);
        query.slots.iter().for_each(|&slot| dense[usize::from(slot)] = 0.0);
        found
    })
}

/// The numbers of the bits that are set, the lowest first.
fn ones(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (lowest < COLUMNS).then_some(lowest)
    })
}

/// Four partial sums, so that the order of additions is the same everywhere.
fn cosine(dense: &[f64; PLACES], old: &Signature) -> f64 {
    let term = |slot: u16, elevation: f64| dense[usize::from(slot) % PLACES] * elevation;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The value from all cosines, none left out.
    fn unscreened(words: &Words, t: u64) -> Option<f64> {
        let query = if t.is_multiple_of(STRIDE) { words.history.back()? } else { &words.query };
        let apart = words.history.iter().rev().filter(|old| old.end + WINDOW as u64 <= t);
        let cosines: Vec<f64> = with_dense(query, |dense| apart.map(|old| cosine(dense, old)).collect());
        let nearest = |scale: usize| {
            let mut newest = cosines[..scale.min(cosines.len())].to_vec();
            newest.sort_by(|a, b| b.total_cmp(a));
            newest[..K].iter().sum::<f64>() / K as f64
        };
        (cosines.len() >= K)
            .then(|| SCALES.map(nearest).iter().fold(0.0, |sum, mean| sum + (1.0 - mean)) / 3.0)
    }

    /// Streams of 9 slots a sample: from few words to many, some of them repeating themselves.
    #[test]
    fn what_the_screen_leaves_out_changes_no_bit() {
        for (size, period) in [(20_u64, 1_u64), (40, 17), (400, 50), (1000, 64), (1000, u64::MAX)] {
            let mut words = Words::new(Level::detect(), size as usize);
            let mut counts = Counts::new(size as usize);
            let mut state = size;
            for t in 0..2500 {
                let slots = std::array::from_fn(|i| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    let noise = if state.is_multiple_of(4) { state >> 40 } else { 0 };
                    ((t % period * (i as u64 + 3) + noise) % size) as u16
                });
                counts.count(&slots);
                let value = words.push(t, &slots, &counts);
                let wanted =
                    if t.is_multiple_of(QUERY) && t >= WINDOW as u64 { unscreened(&words, t) } else { None };
                assert!(
                    wanted.is_none_or(|wanted| wanted == value),
                    "{size} {period} {t}: {value} {wanted:?}"
                );
            }
        }
    }
}

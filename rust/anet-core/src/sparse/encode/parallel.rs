//! Windows of a series that is there as a whole: encoded on two threads, used in order on one.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};

use crate::sparse::encode::encoder::{Encoder, Scratch};
use crate::sparse::encode::signature::Signature;

/// Windows that a thread encodes at a time.
const CHUNK: usize = 8;

/// Chunks that may be encoded or waiting to be used at any time.
const SLOTS: usize = 16;

/// Below so many samples in all windows together it takes longer to start a thread than to encode them.
const WORTH_A_THREAD: usize = 1 << 14;

/// The memory that encoding works in.
#[derive(Debug, Clone, Default)]
pub struct Work {
    scratch: Scratch,
    signatures: Vec<Signature>,
}

/// Calls `take` with the signature of each window of `window` samples, the first window first.
///
/// Where a second processor is there and the work is worth it, a second thread encodes windows ahead of those that are
/// taken, and this one encodes too rather than wait. The signatures are the same either way.
pub fn encode_each(
    encoder: &Encoder,
    samples: &[f64],
    window: usize,
    work: &mut Work,
    mut take: impl FnMut(usize, &Signature),
) {
    let count = (samples.len() + 1).saturating_sub(window);
    let alone = count.saturating_mul(window) < WORTH_A_THREAD || count <= CHUNK;
    if alone || thread::available_parallelism().map_or(1, usize::from) == 1 {
        work.signatures.resize_with(work.signatures.len().max(1), Signature::default);
        let signature = &mut work.signatures[0];
        for (index, window) in samples.windows(window).enumerate() {
            encoder.encode_into(&mut work.scratch, window, signature);
            take(index, signature);
        }
        return;
    }
    let series = Series { encoder, samples, window, count };
    let queue = Queue::new(count.div_ceil(CHUNK));
    thread::scope(|scope| {
        // A thread that cannot be had leaves its share to this one.
        let _ = Builder::new().spawn_scoped(scope, || {
            let mut scratch = Scratch::default();
            while let Some(chunk) = queue.claim_or_wait() {
                queue.encode(&series, chunk, &mut scratch);
            }
        });
        let _release = Release(&queue);
        for chunk in 0..queue.chunks {
            while !queue.is_ready(chunk) {
                match queue.claim() {
                    Some(claimed) => queue.encode(&series, claimed, &mut work.scratch),
                    None => queue.wait_for(chunk),
                }
            }
            queue.take(chunk, &mut work.signatures);
            let windows = series.windows_of(chunk);
            windows.zip(&work.signatures).for_each(|(index, signature)| take(index, signature));
        }
    });
}

/// What is encoded.
struct Series<'a> {
    encoder: &'a Encoder,
    samples: &'a [f64],
    window: usize,
    count: usize,
}

impl Series<'_> {
    fn windows_of(&self, chunk: usize) -> std::ops::Range<usize> {
        chunk * CHUNK..self.count.min((chunk + 1) * CHUNK)
    }
}

/// Chunks on their way from the threads that encode them to the one that takes them.
struct Queue {
    chunks: usize,
    state: Mutex<State>,
    changed: Condvar,
    /// The signatures of a chunk, in the slot of its number modulo [`SLOTS`].
    slots: [Mutex<Vec<Signature>>; SLOTS],
}

struct State {
    /// Chunks that some thread encodes or has encoded.
    claimed: usize,
    /// Chunks that were taken.
    taken: usize,
    ready: [bool; SLOTS],
}

impl Queue {
    fn new(chunks: usize) -> Self {
        let state = State { claimed: 0, taken: 0, ready: [false; SLOTS] };
        Self { chunks, state: Mutex::new(state), changed: Condvar::new(), slots: Default::default() }
    }

    /// The next chunk to encode, where there is one and a slot for it.
    fn claim(&self) -> Option<usize> {
        let mut state = lock(&self.state);
        let free = state.claimed < self.chunks && state.claimed < state.taken + SLOTS;
        free.then(|| state.claim())
    }

    /// The next chunk to encode, once there is a slot for it; `None` when all are claimed.
    fn claim_or_wait(&self) -> Option<usize> {
        let full = |state: &mut State| state.claimed < self.chunks && state.claimed >= state.taken + SLOTS;
        let waited = self.changed.wait_while(lock(&self.state), full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        (state.claimed < self.chunks).then(|| state.claim())
    }

    fn encode(&self, series: &Series<'_>, chunk: usize, scratch: &mut Scratch) {
        let mut signatures = lock(&self.slots[chunk % SLOTS]);
        signatures.resize_with(CHUNK, Signature::default);
        for (index, signature) in series.windows_of(chunk).zip(signatures.iter_mut()) {
            let window = &series.samples[index..index + series.window];
            series.encoder.encode_into(scratch, window, signature);
        }
        drop(signatures);
        lock(&self.state).ready[chunk % SLOTS] = true;
        self.changed.notify_all();
    }

    fn is_ready(&self, chunk: usize) -> bool {
        lock(&self.state).ready[chunk % SLOTS]
    }

    fn wait_for(&self, chunk: usize) {
        let missing = |state: &mut State| !state.ready[chunk % SLOTS];
        drop(self.changed.wait_while(lock(&self.state), missing));
    }

    /// Takes a chunk that is ready, and leaves its slot to a later one.
    fn take(&self, chunk: usize, signatures: &mut Vec<Signature>) {
        std::mem::swap(&mut *lock(&self.slots[chunk % SLOTS]), signatures);
        let mut state = lock(&self.state);
        state.ready[chunk % SLOTS] = false;
        state.taken += 1;
        drop(state);
        self.changed.notify_all();
    }
}

impl State {
    fn claim(&mut self) -> usize {
        self.claimed += 1;
        self.claimed - 1
    }
}

/// Lets the other thread go, also when what takes the chunks panics.
struct Release<'a>(&'a Queue);

impl Drop for Release<'_> {
    fn drop(&mut self) {
        lock(&self.0.state).claimed = self.0.chunks;
        self.0.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Windows of a series that is there as a whole: encoded on two threads, used in order on one.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};

use crate::sparse::encode::encoder::{EncoderScratch, SparseEncoder};
use crate::sparse::encode::signature::SparseSignature;

/// Windows that a thread encodes at a time: enough that the lock costs nothing. Chosen on 2026-11-24, as what follows;
/// `make bench` (`bench_trace`) measures them.
const CHUNK: usize = 8;

/// Chunks that may be encoded or waiting to be used at any time.
const SLOTS: usize = 16;

/// Samples in all windows together from which a second thread saves more time than its start takes.
const WORTH_A_THREAD: usize = 1 << 14;

/// The memory that encoding works in.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParallelScratch {
    encoder: EncoderScratch,
    signatures: Vec<SparseSignature>,
}

/// Calls `take` with the signature of each window of `window` samples, the first window first.
///
/// Where a second processor is there and the work is worth it, a second thread encodes windows before they are
/// taken, and this one encodes too rather than wait. The signatures are the same either way.
pub(crate) fn encode_each(
    encoder: &SparseEncoder,
    samples: &[f64],
    window: usize,
    scratch: &mut ParallelScratch,
    take: impl FnMut(usize, &SparseSignature),
) {
    let count = (samples.len() + 1).saturating_sub(window);
    let small = count.saturating_mul(window) < WORTH_A_THREAD || count <= CHUNK;
    let series = WindowSeries { encoder, samples, window, count };
    if small || thread::available_parallelism().map_or(1, usize::from) == 1 {
        encode_alone(&series, scratch, take);
    } else {
        encode_in_two_threads(&series, scratch, take);
    }
}

fn encode_alone(
    series: &WindowSeries<'_>,
    scratch: &mut ParallelScratch,
    mut take: impl FnMut(usize, &SparseSignature),
) {
    scratch.signatures.resize_with(scratch.signatures.len().max(1), SparseSignature::default);
    let signature = &mut scratch.signatures[0];
    for (index, window) in series.samples.windows(series.window).enumerate() {
        series.encoder.encode_into(&mut scratch.encoder, window, signature);
        take(index, signature);
    }
}

fn encode_in_two_threads(
    series: &WindowSeries<'_>,
    scratch: &mut ParallelScratch,
    mut take: impl FnMut(usize, &SparseSignature),
) {
    let queue = ChunkQueue::new(series.count.div_ceil(CHUNK));
    thread::scope(|scope| {
        // A thread that cannot be had leaves its share to this one.
        let _ = Builder::new().spawn_scoped(scope, || {
            let mut scratch = EncoderScratch::default();
            while let Some(chunk) = queue.claim_or_wait() {
                queue.encode(series, chunk, &mut scratch);
            }
        });
        let _release = ReleaseGuard(&queue);
        for chunk in 0..queue.chunks {
            while !queue.is_ready(chunk) {
                match queue.claim() {
                    Some(claimed) => queue.encode(series, claimed, &mut scratch.encoder),
                    None => queue.wait_for(chunk),
                }
            }
            queue.take(chunk, &mut scratch.signatures);
            let windows = series.windows_of(chunk);
            windows.zip(&scratch.signatures).for_each(|(index, signature)| take(index, signature));
        }
    });
}

/// A series and the windows of it that are encoded.
struct WindowSeries<'a> {
    encoder: &'a SparseEncoder,
    samples: &'a [f64],
    window: usize,
    count: usize,
}

impl WindowSeries<'_> {
    fn windows_of(&self, chunk: usize) -> std::ops::Range<usize> {
        chunk * CHUNK..self.count.min((chunk + 1) * CHUNK)
    }
}

/// Chunks on their way from the threads that encode them to the one that takes them.
struct ChunkQueue {
    chunks: usize,
    state: Mutex<QueueState>,
    changed: Condvar,
    /// The signatures of a chunk, in the slot of its number modulo [`SLOTS`].
    slots: [Mutex<Vec<SparseSignature>>; SLOTS],
}

struct QueueState {
    /// Chunks that some thread encodes or has encoded.
    claimed: usize,
    /// Chunks that were taken.
    taken: usize,
    ready: [bool; SLOTS],
}

impl ChunkQueue {
    fn new(chunks: usize) -> Self {
        let state = QueueState { claimed: 0, taken: 0, ready: [false; SLOTS] };
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
        let full =
            |state: &mut QueueState| state.claimed < self.chunks && state.claimed >= state.taken + SLOTS;
        let waited = self.changed.wait_while(lock(&self.state), full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        (state.claimed < self.chunks).then(|| state.claim())
    }

    fn encode(&self, series: &WindowSeries<'_>, chunk: usize, scratch: &mut EncoderScratch) {
        let mut signatures = lock(&self.slots[chunk % SLOTS]);
        signatures.resize_with(CHUNK, SparseSignature::default);
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
        let missing = |state: &mut QueueState| !state.ready[chunk % SLOTS];
        drop(self.changed.wait_while(lock(&self.state), missing));
    }

    /// Takes a chunk that is ready, and leaves its slot to a later one.
    fn take(&self, chunk: usize, signatures: &mut Vec<SparseSignature>) {
        std::mem::swap(&mut *lock(&self.slots[chunk % SLOTS]), signatures);
        let mut state = lock(&self.state);
        state.ready[chunk % SLOTS] = false;
        state.taken += 1;
        drop(state);
        self.changed.notify_all();
    }
}

impl QueueState {
    fn claim(&mut self) -> usize {
        self.claimed += 1;
        self.claimed - 1
    }
}

/// Lets the other thread go, also when what takes the chunks panics.
struct ReleaseGuard<'a>(&'a ChunkQueue);

impl Drop for ReleaseGuard<'_> {
    fn drop(&mut self) {
        lock(&self.0.state).claimed = self.0.chunks;
        self.0.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

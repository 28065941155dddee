//! Parts of one work, shared among threads.

use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};

/// Parts that each thread takes in turn, so that one that is held up does not hold up the others.
pub(super) const PARTS_A_THREAD: usize = 8;

/// Hands each part to `each`, in `threads` threads: this one, with the memory `own`, and others with a memory of theirs.
pub(super) fn share<P: Send, W: Default>(
    threads: usize,
    own: &mut W,
    parts: impl Iterator<Item = P> + Send,
    each: impl Fn(&mut W, P) + Sync,
) {
    let parts = Mutex::new(parts);
    let work_on_parts = |work: &mut W| {
        while let Some(part) = next(&parts) {
            each(work, part);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // A thread that cannot be had leaves its share to the others.
            let _ = Builder::new().spawn_scoped(scope, || work_on_parts(&mut W::default()));
        }
        work_on_parts(own);
    });
}

fn next<T>(parts: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    parts.lock().unwrap_or_else(PoisonError::into_inner).next()
}

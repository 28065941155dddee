//! The zeros of many blocks, on several threads.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::arithmetic::double_double::DoubleDouble;
use crate::arithmetic::integer_logarithms::IntegerLogarithms;
use crate::error::{Error, Result};
use crate::riemann_siegel::scratch::SumScratch;
use crate::roots::find_roots::{FindRoots, RootScratch};
use crate::roots::newton_refinement::{self, NewtonRefinement};
use crate::sampling::block::Block;
use crate::sampling::samples::{self, Samples, blocks_together};
use crate::zeros::search::Search;

/// The zeros of the blocks, in order.
///
/// # Errors
/// [`Error::Stopped`] if the callback ended the search.
pub(super) fn zeros_of(blocks: &[Block], search: &Search<'_>) -> Result<Vec<DoubleDouble>> {
    let queue = BlockQueue::new(blocks, search);
    std::thread::scope(|scope| {
        for _ in 1..search.threads.min(queue.groups.len()) {
            scope.spawn(|| queue.work(&|_| ControlFlow::Continue(())));
        }
        queue.work(search.on_progress);
    });
    queue.into_zeros()
}

/// What the threads share: each takes the next group of blocks until none is left.
struct BlockQueue<'a> {
    search: &'a Search<'a>,
    logs: IntegerLogarithms,
    groups: Vec<&'a [Block]>,
    zeros: Vec<Mutex<Vec<DoubleDouble>>>,
    next: AtomicUsize,
    stopped: AtomicBool,
}

impl<'a> BlockQueue<'a> {
    fn new(blocks: &'a [Block], search: &'a Search<'a>) -> Self {
        let groups = groups(blocks, search.threads);
        Self {
            search,
            logs: IntegerLogarithms::new(blocks.iter().map(terms).max().unwrap_or(0)),
            zeros: groups.iter().map(|_| Mutex::default()).collect(),
            groups,
            next: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
        }
    }

    /// The work of one thread.
    fn work(&self, on_progress: &dyn Fn(f64) -> ControlFlow<()>) {
        let mut scratch = ThreadScratch::default();
        while let Some((index, group)) = self.take() {
            if on_progress(index as f64 / self.groups.len() as f64).is_break() {
                self.stopped.store(true, Ordering::Relaxed);
                return;
            }
            let zeros = zeros_of_group(group, &self.logs, self.search, &mut scratch);
            if let Ok(mut slot) = self.zeros[index].lock() {
                *slot = zeros;
            }
        }
    }

    /// The next group and its number, unless the search was stopped.
    fn take(&self) -> Option<(usize, &'a [Block])> {
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        let group = self.groups.get(index)?;
        (!self.stopped.load(Ordering::Relaxed)).then_some((index, *group))
    }

    fn into_zeros(self) -> Result<Vec<DoubleDouble>> {
        if self.stopped.into_inner() {
            return Err(Error::Stopped);
        }
        let zeros = self.zeros.into_iter().map(|slot| slot.into_inner().unwrap_or_default());
        Ok(zeros.collect::<Vec<_>>().concat())
    }
}

/// How many integers' logarithms a block needs.
fn terms(block: &Block) -> usize {
    samples::terms(block).max(newton_refinement::terms(block)) + 1
}

/// Neighbours of one spacing that share tables; no more together than leaves every thread something to do.
fn groups(blocks: &[Block], threads: usize) -> Vec<&[Block]> {
    let fair = blocks.len().div_ceil(threads.max(1));
    let alike = |a: &Block, b: &Block| a.formula == b.formula && a.spacing == b.spacing;
    let together = |run: &[Block]| blocks_together(&run[run.len() - 1]).min(fair);
    blocks.chunk_by(alike).flat_map(|run| run.chunks(together(run))).collect()
}

/// The memory of a thread.
#[derive(Default)]
struct ThreadScratch {
    samples: Vec<f64>,
    sums: SumScratch,
    roots: RootScratch,
}

fn zeros_of_group(
    blocks: &[Block],
    logs: &IntegerLogarithms,
    search: &Search<'_>,
    scratch: &mut ThreadScratch,
) -> Vec<DoubleDouble> {
    let ThreadScratch { samples, sums, roots } = scratch;
    let Search { level, close_pairs, .. } = *search;
    let sampled = Samples::new(blocks, logs, level, sums);
    let mut zeros = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        sampled.write(index, samples, sums);
        let before = zeros.len();
        level.run(FindRoots {
            samples,
            block: *block,
            level,
            close_pairs,
            scratch: roots,
            zeros: &mut zeros,
        });
        if newton_refinement::applies(block) {
            level.run(NewtonRefinement {
                block: *block,
                roots: &roots.roots,
                zeros: &mut zeros[before..],
                logs,
            });
        }
    }
    zeros
}

//! Many independent streams, pushed together in parallel threads: a sample of each, or as many rows of each as there are.

mod ragged;
mod threads;

pub use ragged::Rows;

use crate::error::{Error, Result};
use crate::names::Names;

/// A stream that answers each sample with a row of numbers.
pub trait Stream: Send {
    /// The memory that a push works in, one for each thread.
    type Work: Default + Send;

    /// Numbers in a row, the same for every stream of a pool.
    fn width(&self) -> usize;

    /// Takes a sample and fills the row.
    fn push_row(&mut self, work: &mut Self::Work, sample: f64, row: &mut [f64]);
}

/// Below this many pushes a call stays on its own thread: starting another one takes about as long as they do.
const WORTH_A_THREAD: usize = 16;

/// Streams in an order, like a list: a stream has an index, a name too where the pool has names, and those after a removed one
/// move up.
///
/// Threads live only as long as a call, so that a process can fork between calls.
#[derive(Debug, Clone)]
pub struct Pool<S: Stream> {
    /// What a new stream is a copy of.
    blank: S,
    streams: Vec<S>,
    /// What the streams are called, where they have names.
    names: Names,
    /// The highest order of each stream's rows, where they had one.
    last_orders: Vec<Option<i64>>,
    threads: usize,
    /// The memory of the calling thread.
    work: S::Work,
}

impl<S: Stream + Clone> Pool<S> {
    /// A pool of `count` copies of `blank`.
    pub fn new(blank: S, count: usize) -> Self {
        let streams = vec![blank.clone(); count];
        Self::from_streams(blank, streams)
    }

    /// A pool of a copy of `blank` for each name.
    pub fn named(blank: S, names: Names) -> Self {
        Self { names: names.clone(), ..Self::new(blank, names.as_slice().len()) }
    }

    /// A pool of streams that were made with the parameters of `blank`.
    pub fn from_streams(blank: S, streams: Vec<S>) -> Self {
        let (names, last_orders) = (Names::none(), vec![None; streams.len()]);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Self { blank, streams, names, last_orders, threads, work: S::Work::default() }
    }

    /// Appends copies of the blank stream.
    pub fn add(&mut self, count: usize) {
        self.streams.resize_with(self.streams.len() + count, || self.blank.clone());
        self.last_orders.resize(self.streams.len(), None);
    }

    /// Appends a copy of the blank stream for each name that the argument `argument` gives.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where a name is empty or there already. Nothing is added then.
    pub fn add_named(
        &mut self,
        argument: &'static str,
        names: impl IntoIterator<Item = String>,
    ) -> Result<()> {
        let mut all = self.names.clone();
        names.into_iter().try_for_each(|name| all.add(argument, name))?;
        self.add(all.as_slice().len() - self.names.as_slice().len());
        self.names = all;
        Ok(())
    }

    /// The names of the streams, or none.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Gives the streams of a saved pool their names.
    ///
    /// # Errors
    /// [`crate::StateError::Field`] where they are not as many.
    pub(crate) fn with_names(self, names: Names) -> Result<Self> {
        names.check_count(self.streams.len())?;
        Ok(Self { names, ..self })
    }

    /// Removes a stream; those after it move up by one.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there is no such stream.
    pub fn remove(&mut self, index: usize) -> Result<S> {
        if index >= self.streams.len() {
            let got = format!("{index} with {} streams", self.streams.len());
            return Err(Error::text("index", "below the number of streams", got));
        }
        self.names.remove(index);
        self.last_orders.remove(index);
        Ok(self.streams.remove(index))
    }

    /// The stream that new ones are copies of.
    pub fn blank(&self) -> &S {
        &self.blank
    }

    /// The streams.
    pub fn streams(&self) -> &[S] {
        &self.streams
    }

    /// The most threads that a push uses: at first one for each processor.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Changes the most threads that a push uses.
    pub fn set_threads(&mut self, threads: usize) {
        self.threads = threads.max(1);
    }

    /// Pushes `steps` samples into each stream; `samples[t * streams + i]` is the one for stream i at step t.
    ///
    /// The result has the row of stream i at step t at `(i * steps + t) * width`.
    ///
    /// # Errors
    /// [`Error::LengthsDiffer`] where there are not `steps` samples for each stream; no stream is changed then.
    pub fn push(&mut self, steps: usize, samples: &[f64]) -> Result<Vec<f64>> {
        let (count, width) = (self.streams.len(), self.blank.width());
        if samples.len() != steps * count {
            return Err(Error::LengthsDiffer {
                left: ("samples", samples.len()),
                right: ("streams", steps * count),
            });
        }
        let mut rows = vec![0.0; samples.len() * width];
        if samples.is_empty() {
            return Ok(rows);
        }
        let threads = self.threads.min(samples.len().div_ceil(WORTH_A_THREAD)).min(count);
        let part = count.div_ceil(threads * threads::PARTS_A_THREAD);
        let parts = self.streams.chunks_mut(part).zip(rows.chunks_mut(part * steps * width)).enumerate();
        threads::share(threads, &mut self.work, parts, |work, (index, (streams, rows))| {
            push_part(work, streams, &samples[index * part..], count, rows);
        });
        Ok(rows)
    }
}

/// Pushes all steps into one stream after the other, so that each is in the cache while it works.
fn push_part<S: Stream>(
    work: &mut S::Work,
    streams: &mut [S],
    samples: &[f64],
    stride: usize,
    rows: &mut [f64],
) {
    let rows_a_stream = rows.len() / streams.len();
    for (index, (stream, rows)) in streams.iter_mut().zip(rows.chunks_mut(rows_a_stream)).enumerate() {
        let samples = samples[index..].iter().step_by(stride);
        for (sample, row) in samples.zip(rows.chunks_mut(stream.width())) {
            stream.push_row(work, *sample, row);
        }
    }
}

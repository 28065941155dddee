//! Rows of many streams in one call, as many of each as there are: a batch of a bucket of keys.

use std::iter;

use crate::error::{Error, Result, StateError};
use crate::pool::threads::{PARTS_A_THREAD, share};
use crate::pool::{Pool, Stream, WORTH_A_THREAD};

/// Rows of the parameters of one call: the stream of each, its sample, and its order where rows have one.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The index of each row's stream.
    pub codes: &'a [usize],
    /// The sample of each row.
    pub values: &'a [f64],
    /// The order of each row, such as a time.
    pub orders: Option<&'a [i64]>,
}

impl<S: Stream + Clone> Pool<S> {
    /// The highest order of the rows that each stream took by [`Pool::score`], where they had one.
    pub fn last_orders(&self) -> &[Option<i64>] {
        &self.last_orders
    }

    /// Gives the streams of a saved pool their last orders.
    ///
    /// # Errors
    /// [`StateError::Field`] where they are not as many.
    pub(crate) fn with_last_orders(self, last_orders: Vec<Option<i64>>) -> Result<Self> {
        if last_orders.len() != self.streams.len() {
            return Err(StateError::Field { name: "last_orders" }.into());
        }
        Ok(Self { last_orders, ..self })
    }

    /// Refuses rows that [`Pool::score`] would refuse.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for a stream that there is not; [`Error::LengthsDiffer`].
    pub fn check_rows(&self, rows: Rows<'_>) -> Result<()> {
        let count = rows.codes.len();
        let lengths = [("values", Some(rows.values.len())), ("order", rows.orders.map(<[i64]>::len))];
        for (name, length) in lengths.into_iter().filter_map(|(name, length)| Some((name, length?))) {
            if length != count {
                return Err(Error::LengthsDiffer { left: ("codes", count), right: (name, length) });
            }
        }
        match rows.codes.iter().find(|&&code| code >= self.streams.len()) {
            None => Ok(()),
            Some(code) => {
                let got = format!("{code} with {} streams", self.streams.len());
                Err(Error::text("codes", "below the number of streams", got))
            }
        }
    }

    /// Pushes each row into its stream; rows of one stream in the sequence in which they stand.
    ///
    /// The result has row i at `i * width`. The rows of a stream are taken one after the other, so that it stays in the
    /// processor's cache meanwhile.
    ///
    /// # Errors
    /// As [`Pool::check_rows`]; no stream is changed then.
    pub fn score(&mut self, rows: Rows<'_>) -> Result<Vec<f64>> {
        self.check_rows(rows)?;
        let width = self.blank.width();
        let mut scored = vec![0.0; rows.codes.len() * width];
        let by_stream = ByStream::of(rows.codes, self.streams.len());
        let threads = self.threads.min(rows.codes.len().div_ceil(WORTH_A_THREAD)).max(1);
        let streams = self.streams.len().div_ceil(threads * PARTS_A_THREAD).max(1);
        let parts = by_stream.parts(streams, width, &mut scored);
        let parts = self.streams.chunks_mut(streams).zip(parts);
        share(threads, &mut self.work, parts, |work, (streams, (counts, places, scored))| {
            let (mut places, mut scored) = (places.iter(), scored.chunks_mut(width));
            for (stream, &count) in streams.iter_mut().zip(counts) {
                for (&place, row) in iter::zip(places.by_ref().take(count), scored.by_ref().take(count)) {
                    stream.push_row(work, rows.values[place], row);
                }
            }
        });
        for (&code, &order) in iter::zip(rows.codes, rows.orders.unwrap_or_default()) {
            self.last_orders[code] = self.last_orders[code].max(Some(order));
        }
        Ok(by_stream.back(width, &scored))
    }
}

/// Where the rows of each stream stand, in their sequence: a counting sort.
struct ByStream {
    counts: Vec<usize>,
    places: Vec<usize>,
}

impl ByStream {
    fn of(codes: &[usize], streams: usize) -> Self {
        let mut counts = vec![0; streams];
        codes.iter().for_each(|&code| counts[code] += 1);
        let mut next: Vec<usize> =
            counts.iter().scan(0, |end, count| Some(std::mem::replace(end, *end + count))).collect();
        let mut places = vec![0; codes.len()];
        for (place, &code) in codes.iter().enumerate() {
            places[next[code]] = place;
            next[code] += 1;
        }
        Self { counts, places }
    }

    /// The rows of so many streams at a time: how many each has, where they stood, and the room for what they score.
    fn parts<'a>(
        &'a self,
        streams: usize,
        width: usize,
        mut scored: &'a mut [f64],
    ) -> impl Iterator<Item = (&'a [usize], &'a [usize], &'a mut [f64])> + Send {
        let mut places = &self.places[..];
        self.counts.chunks(streams).map(move |counts| {
            let rows = counts.iter().sum();
            let (own, rest) = places.split_at(rows);
            let (room, others) = std::mem::take(&mut scored).split_at_mut(rows * width);
            (places, scored) = (rest, others);
            (counts, own, room)
        })
    }

    /// What was scored stream by stream, in the sequence of the rows.
    fn back(&self, width: usize, scored: &[f64]) -> Vec<f64> {
        let mut rows = vec![0.0; scored.len()];
        for (&place, row) in iter::zip(&self.places, scored.chunks(width)) {
            rows[place * width..][..width].copy_from_slice(row);
        }
        rows
    }
}

//! The mean of each phase of a period that is found by itself, and how far each sample lies from it.

use crate::twin::period::{Ring, find, newest_rows};
use crate::twin::profile::Profile;

/// Rows that a search looks back over.
const RING: usize = 16_384;
/// The row of the first search.
const FIRST: usize = 512;
/// Parts of a deviation that the rows of a search are rounded to.
const PARTS: f64 = 20.0;

/// What the phase says of one sample.
#[derive(Clone, Copy)]
pub(crate) struct Phase {
    /// The period that is held, 0 where there is none.
    pub(crate) period: usize,
    /// The share of the variance that the phase explains.
    pub(crate) explained: f64,
    /// The sample less the mean of its phase; 0 where there is none.
    pub(crate) residual: f64,
    /// How unusual the newest samples are for their places of a period that was given.
    pub(crate) unusual: f64,
}

impl Phase {
    pub(crate) const NONE: Self = Self { period: 0, explained: 0.0, residual: 0.0, unusual: 0.0 };
}

/// Of every row that came; `rows` are the normal values cut at 6, none where one is missing. The clock runs on over those.
pub(crate) fn phases(rows: &[Option<f64>]) -> Vec<Phase> {
    let rounded: Vec<Option<f64>> =
        rows.iter().map(|value| value.map(|value| (PARTS * value).round())).collect();
    let mut held = None;
    let mut next = FIRST;
    let mut found = Vec::new();
    for (row, value) in rows.iter().enumerate() {
        if row == next {
            held = review(held.take(), &rounded[row.saturating_sub(RING)..row]);
            next += (row / 2).clamp(256, 1024);
        }
        let residual = held.as_mut().and_then(|held| held.profile.push(*value));
        if value.is_some() {
            found.push(held.as_ref().map_or(Phase::NONE, |held| Phase {
                period: held.profile.period(),
                explained: (1.0 - held.error).max(0.0),
                residual: residual.unwrap_or(0.0),
                unusual: 0.0,
            }));
        }
    }
    found
}

/// A period's profile, and the error that it leaves over the variance.
struct Held {
    error: f64,
    profile: Profile,
}

/// What is held after a search over these rows, in parts of a deviation.
fn review(held: Option<Held>, rows: &[Option<f64>]) -> Option<Held> {
    let ring = Ring::new(rows, PARTS);
    let found = find(&ring).filter(|&(_, error)| error < 0.8).map(|(period, _)| ring.refine(period));
    let better = |period: usize, old: usize| {
        let newest = newest_rows(period.max(old));
        let (new, held) = (ring.error_of_newest(newest, period), ring.error_of_newest(newest, old));
        period != old && (new < held - 0.03 || new < 0.85 * held)
    };
    match (found, held) {
        (None, None) => None,
        (Some(period), Some(held)) if !better(period, held.profile.period()) => kept(&ring, held),
        (Some(period), _) => {
            let mut profile = Profile::new(period);
            rows.iter().for_each(|row| _ = profile.push(row.map(|value| value / PARTS)));
            Some(Held { error: ring.error(period), profile })
        }
        (None, Some(held)) => kept(&ring, held),
    }
}

/// While it explains anything.
fn kept(ring: &Ring<'_>, held: Held) -> Option<Held> {
    let error = ring.error(held.profile.period());
    (error <= 0.95).then_some(Held { error, ..held })
}

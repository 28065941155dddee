//! An event, from the newest samples.

use super::look::Look;
use super::shape::{Shape, Side};
use super::similar::Similar;

/// A forecast needs this many samples, as a score does.
const LEAST: usize = 64;
/// An event is looked for further back where it is so many times as strong there; where its beginning was told, it must be
/// stronger still: an alarm may come late.
const FURTHER: f64 = 1.5;
const EARLIER: f64 = 3.0;
/// So many times as far back.
const FURTHER_BACK: [usize; 2] = [4, 16];

/// What the newest samples look like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// The newest sample or, where the event is over, the most unusual one; NaN where samples are missing.
    pub value: f64,
    /// How many samples before the newest one it came.
    pub age: u64,
    /// The range that nine in ten samples would have been in at its time.
    pub usual: (f64, f64),
    /// On which side of the usual the event lies.
    pub side: Side,
    /// What it looks like.
    pub shape: Shape,
    /// How many samples before the newest one it began.
    pub since: u64,
    /// How many samples it has lasted; at most `since` + 1.
    pub length: u64,
    /// The earlier stretch that is most like it, where one is.
    pub similar: Option<Similar>,
    /// After how many samples the stream repeats itself, where it does.
    pub season: Option<u64>,
}

impl Event {
    /// Whether the told value lies beyond the usual range on the side that the event has not.
    fn is_belied(&self) -> bool {
        match self.side {
            Side::Up => self.value < self.usual.0,
            Side::Down => self.value > self.usual.1,
            Side::Neither => false,
        }
    }

    /// The same without a name that its value belies.
    fn unnamed(self) -> Self {
        let side = if self.value > self.usual.1 { Side::Up } else { Side::Down };
        Self { side, shape: Shape::UnusualShape, ..self }
    }

    /// The same, told so many samples later.
    fn older(self, samples: usize) -> Self {
        let samples = samples as u64;
        let similar = self.similar.map(|similar| Similar { age: similar.age + samples, ..similar });
        Self { age: self.age + samples, since: self.since + samples, similar, ..self }
    }
}

/// When an event was, where that is told: how many samples before the newest one its first and its last strange sample came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Of the first.
    pub since: u64,
    /// Of the last: what began after it is another event.
    pub until: u64,
}

/// Describes the event that is told or, where none is, that began somewhere in the last `reach` samples or in the last 64. None where
/// there are too few samples before it.
pub(crate) fn describe(samples: &[f64], told: Option<Told>, reach: u64) -> Option<Event> {
    let newest = samples.len().checked_sub(1)?;
    if samples[..newest].iter().filter(|x| x.is_finite()).count() < LEAST / 2 {
        return None;
    }
    let most = newest.saturating_sub(LEAST).max(1);
    let within = |length: u64| usize::try_from(length).unwrap_or(most).clamp(1, most);
    if let Some(told) = told {
        let start = newest + 1 - within(told.since.saturating_add(1));
        let last = newest.saturating_sub(usize::try_from(told.until).unwrap_or(newest)).max(start);
        return Some(between(samples, start, last));
    }
    // A stretch that fills its look to the border may well begin before it.
    let further = |look: &Look, other: &Look| {
        let enough = if look.strongest.first == look.full.start { 1.0 } else { FURTHER };
        other.strength() > enough * look.strength()
    };
    let event = search(samples, within(reach.max(LEAST as u64)), further).event(None);
    Some(if event.is_belied() { event.unnamed() } else { event })
}

/// The event that began at `start` and was strange last at `last`; samples from the beginning of a later one on are left out.
fn between(samples: &[f64], start: usize, last: usize) -> Event {
    // What was over before the beginning is another event.
    let earlier = |look: &Look, other: &Look| {
        other.strongest.last >= start && other.strength() > EARLIER * look.strength()
    };
    let look = search(samples, samples.len() - start, earlier);
    match look.another(last) {
        None => agreeing(&look, start),
        Some(end) => {
            agreeing(&search(&samples[..end], end - start, earlier), start).older(samples.len() - end)
        }
    }
}

/// The event that a look tells of `start`. Where the value lies on the other side of the usual, the look took for usual what was
/// part of the event already: one that begins earlier is asked, and where none fits, the event has no name.
fn agreeing(look: &Look, start: usize) -> Event {
    let event = look.event(Some(start));
    if !event.is_belied() {
        return event;
    }
    let samples = &look.full.samples;
    let mut events = further_back(samples, samples.len() - start).map(|look| look.event(Some(start)));
    events.find(|event| !event.is_belied()).unwrap_or_else(|| event.unnamed())
}

/// The look at an event that began in the last `reach` samples or, where more speaks for it, in four or sixteen times as many:
/// what comes slowly is in the past already that it is to be told from.
fn search(samples: &[f64], reach: usize, is_better: impl Fn(&Look, &Look) -> bool) -> Look {
    let mut best = Look::new(samples, samples.len() - reach);
    for other in further_back(samples, reach) {
        if is_better(&best, &other) {
            best = other;
        }
    }
    best
}

/// The looks at events that began further back than the last `reach` samples, where there are samples enough before them.
fn further_back(samples: &[f64], reach: usize) -> impl Iterator<Item = Look> {
    let further = FURTHER_BACK.map(|times| times * reach.max(LEAST / 4));
    let enough = further.into_iter().filter(|&further| 2 * further <= samples.len());
    enough.map(|further| Look::new(samples, samples.len() - further))
}

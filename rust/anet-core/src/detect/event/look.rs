//! One look at the newest samples: what was to be expected of them, and what stands out.

use super::apart::{apart, moved};
use super::bursts::Bursts;
use super::describe::Event;
use super::forecast::{Forecast, Kind};
use super::motion::motion;
use super::recurring::{extra, missing};
use super::shape::{Shape, Side};
use super::similar::similar;
use super::still::{flat, gone, stayed};
use super::stretch::Stretch;
use super::usual;

/// A stretch that is stronger than this is no accident; one that is stronger than the second is the likeliest guess.
pub(super) const STRONG: f64 = 2.0;
const WEAK: f64 = 0.3;
/// An event is over when this many samples came after it.
const OVER: usize = 2;

/// The samples, those from `start` on against those before it.
pub(super) struct Look {
    /// What was to be expected.
    pub(super) full: Forecast,
    /// The same of the samples without their bursts, where they have any.
    calm: Option<Forecast>,
    pub(super) bursts: Option<Bursts>,
    /// The stretch whose level lies furthest from the forecast, and the one that moves most or least.
    pub(super) strongest: Stretch,
    pub(super) motion: Stretch,
}

/// A stretch with its name.
pub(super) struct Found {
    pub(super) stretch: Stretch,
    pub(super) side: Side,
    pub(super) shape: Shape,
}

impl Look {
    /// Looks.
    pub(super) fn new(samples: &[f64], start: usize) -> Self {
        let full = Forecast::new(samples, start);
        let bursts = Bursts::of(samples, start);
        let calm = bursts.as_ref().map(|bursts| Forecast::new(&bursts.without(samples), start));
        let misses = &calm.as_ref().unwrap_or(&full).misses;
        let (strongest, motion) = (Stretch::strongest(misses, start), motion(misses, start));
        Self { full, calm, bursts, strongest, motion }
    }

    /// What was to be expected between two bursts.
    pub(super) fn calm(&self) -> &Forecast {
        self.calm.as_ref().unwrap_or(&self.full)
    }

    /// The place of the newest sample.
    pub(super) fn newest(&self) -> usize {
        self.full.samples.len() - 1
    }

    /// How much speaks for an event.
    pub(super) fn strength(&self) -> f64 {
        self.strongest.strength.abs().max(STRONG)
    }

    /// What stands out; it began at `first`, or where it is seen to begin.
    pub(super) fn event(&self, first: Option<usize>) -> Event {
        let mut found = self.find();
        if first.is_none() && found.side != Side::Neither && found.stretch.strength != 0.0 {
            found.stretch.first = found.stretch.onset(&self.calm().misses);
        }
        let first = first.unwrap_or(found.stretch.first);
        let at = self.place(&found, first);
        let age = (self.newest() - at) as u64;
        Event {
            value: self.full.samples[at],
            age,
            usual: usual::range(&self.full, at),
            side: found.side,
            shape: found.shape,
            since: (self.newest() - first) as u64,
            length: (found.stretch.last.max(first) + 1 - first) as u64,
            // What comes after the told value is no earlier stretch.
            similar: similar(&self.full, &found.stretch).filter(|similar| similar.age > age),
            season: if let Kind::Season(period) = self.full.kind { Some(period as u64) } else { None },
        }
    }

    /// Where what stands out begins, if that is after the last place of what is told: it is another event.
    pub(super) fn another(&self, last: usize) -> Option<usize> {
        let Found { stretch, side, .. } = self.find();
        (side != Side::Neither && stretch.first > last).then_some(stretch.first)
    }

    /// Asks what can be told surely first.
    fn find(&self) -> Found {
        gone(self)
            .or_else(|| flat(self))
            .or_else(|| missing(self))
            .or_else(|| extra(self))
            .or_else(|| moved(self, STRONG))
            .or_else(|| apart(self, STRONG))
            .or_else(|| stayed(self))
            .or_else(|| moved(self, WEAK))
            .or_else(|| apart(self, WEAK))
            .unwrap_or(Found { stretch: self.strongest, side: Side::Neither, shape: Shape::UnusualShape })
    }

    /// The newest place or, where the event is over or the newest sample is as usual, the most unusual one on its side since
    /// `first`.
    fn place(&self, found: &Found, first: usize) -> usize {
        let goes_on = found.stretch.last + OVER >= self.newest() && !self.is_back(found);
        if goes_on || found.shape == Shape::MissingSamples {
            return self.newest();
        }
        let miss = |&at: &usize| match found.side {
            Side::Up => self.full.away(at),
            Side::Down => -self.full.away(at),
            Side::Neither => self.full.away(at).abs(),
        };
        let places = (first..=found.stretch.last.max(first)).filter(|at| miss(at).is_finite());
        places.max_by(|a, b| miss(a).total_cmp(&miss(b))).unwrap_or(self.newest())
    }

    /// Whether the newest sample does not lie where the event does: one of a level that is up may be as low as ever.
    fn is_back(&self, found: &Found) -> bool {
        let of_level = matches!(found.shape, Shape::Spike | Shape::Dip | Shape::LevelUp | Shape::LevelDown);
        if !of_level || matches!(self.full.kind, Kind::Walk(_)) {
            return false;
        }
        let newest = self.newest();
        let (value, (low, high)) = (self.full.samples[newest], usual::range(&self.full, newest));
        if found.side == Side::Up { value <= high } else { value >= low }
    }
}

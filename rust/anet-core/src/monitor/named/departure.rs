//! A signal that leaves its usual range on one side, stays away, or comes back.

use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer, fields};

use super::evidence::strength;
use super::levels::Level;

/// Values that a departure must be old to count as one that the run has shown: a slow one would raise its own line.
const LAG: usize = 24;
/// By which factor a departure must exceed the largest before. On simulated signals (Gaussian, autocorrelated, heavy-tailed,
/// rewards that grow, entropies that decay, divergences that grow) 2.2 gave at most 1 false alarm in 10,000 values, 2.0 up
/// to 1.6, 1.8 up to 4.8.
const LARGER: f64 = 2.2;
/// How many standard deviations of a mean of eight it must exceed as well; 2.5 and 3.5 made little difference.
const DEVIATIONS: f64 = 3.0;
/// Both are higher by this over the number of values before: few values know little of their own range.
const YOUNG: f64 = 64.0;
/// By which factor the next departure must exceed the line that this one exceeded.
const STRONGER: f64 = 1.5;
/// Values running within half the line after which the signal is back.
const BACK: u64 = 8;
/// Values running beyond it after which it lives there: twice what its usual value is a median of.
const SETTLED: u64 = 128;
/// A part of a value below which a difference is rounding.
const ROUNDING: f64 = 1e-9;
/// The same where the usual values are all alike, as at the end of a scale: without a spread any difference would be news.
const OF_STILL: f64 = 0.05;
/// A tenth, or ten times, of what it was is an effect of size.
const TENFOLD: f64 = 10.0;
/// The part of what was gained that is as good as all of it, beside the noise.
const ALL: f64 = 0.9;
/// The part of the line from which a departure counts as begun.
const BEGUN: f64 = 0.5;

/// The side that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    High,
    Low,
}

/// Where the signal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Place {
    /// In its usual range.
    #[default]
    Home,
    /// Outside, since an alarm.
    Away,
    /// Outside, and for so long that this is usual now.
    Elsewhere,
}

/// What is asked of a departure before it is told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// What the user asked, as a factor of the line.
    pub factor: f64,
    /// Levels before anything is told.
    pub warm_up: u64,
}

/// One side of one signal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Departure {
    recent: [f64; LAG],
    count: u64,
    largest: f64,
    place: Place,
    /// The usual value when it left, and the line that it exceeded.
    left: f64,
    line: f64,
    beyond: u64,
    within: u64,
    /// The row in which it began to leave, counted from 1; 0 for never.
    began: u64,
}

impl Default for Departure {
    fn default() -> Self {
        let (recent, place) = ([0.0; LAG], Place::Home);
        Self { recent, count: 0, largest: 0.0, place, left: 0.0, line: 0.0, beyond: 0, within: 0, began: 0 }
    }
}

impl Side {
    /// How far the newest values lie beyond one, on this side.
    fn beyond(self, level: &Level, usual: f64) -> f64 {
        match self {
            Self::High => level.low - usual,
            Self::Low => usual - level.high,
        }
    }
}

impl Departure {
    /// Takes a level; the excess over the line where an alarm is due.
    pub(crate) fn update(&mut self, side: Side, level: &Level, asked: Asked, row: u64) -> Option<f64> {
        let slot = self.count as usize % LAG;
        self.largest = self.largest.max(self.recent[slot]);
        let young = 1.0 + YOUNG / level.before as f64;
        let line = asked.factor * young * (LARGER * self.largest).max(DEVIATIONS * level.noise);
        let excess = side.beyond(level, level.usual);
        self.recent[slot] = excess.min(line / STRONGER).max(0.0);
        self.count += 1;
        self.note_beginning(excess > BEGUN * line, row);
        self.follow(side, level);
        if self.count < asked.warm_up
            || excess <= line
            || excess <= least_share(level) * level.usual.abs()
            || self.place == Place::Away
        {
            return None;
        }
        (self.place, self.left, self.line) = (Place::Away, level.usual, line);
        (self.beyond, self.within) = (0, 0);
        Some(strength(excess, line))
    }

    fn note_beginning(&mut self, begun: bool, row: u64) {
        self.began = match (begun, self.began) {
            (true, 0) => row + 1,
            (true, began) => began,
            (false, _) => 0,
        };
    }

    /// Whether a signal that left is back, or stays.
    fn follow(&mut self, side: Side, level: &Level) {
        if self.place == Place::Home {
            return;
        }
        let is_beyond = side.beyond(level, self.left) > BEGUN * self.line;
        (self.beyond, self.within) =
            if is_beyond { (self.beyond + 1, 0) } else { (self.beyond, self.within + 1) };
        if self.within >= BACK {
            self.place = Place::Home;
        } else if self.beyond >= SETTLED {
            self.place = Place::Elsewhere;
        }
    }

    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// The row in which the newest departure began; `row` where it is not known.
    pub(crate) fn since(&self, row: u64) -> u64 {
        self.began.checked_sub(1).unwrap_or(row)
    }

    /// Whether the values are a tenth or ten times of what they were, or all that was gained is lost.
    pub(crate) fn is_large(&self, side: Side, level: &Level) -> bool {
        let (now, left) = (level.middle, self.left);
        let by_factor = left > 0.0
            && match side {
                Side::High => now > TENFOLD * left,
                Side::Low => now < left / TENFOLD,
            };
        let (gained, lost) = match side {
            Side::High => (level.start - left, now - left),
            Side::Low => (left - level.start, left - now),
        };
        by_factor || (gained > 2.0 * self.line && lost >= ALL * gained)
    }
}

/// The part of the usual value that a departure must exceed, whatever its line.
fn least_share(level: &Level) -> f64 {
    if level.noise > 0.0 { ROUNDING } else { OF_STILL }
}

impl Fields for Place {
    fn save(&self, out: &mut Writer) {
        (*self as u8).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let places = [Self::Home, Self::Away, Self::Elsewhere];
        let place = places.get(usize::from(from.u8()?));
        *self = *place.ok_or(StateError::Field { name: "place" })?;
        Ok(())
    }
}

fields!(Departure { recent, count, largest, place, left, line, beyond, within, began });

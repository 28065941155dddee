//! A named signal: its name, its direction, what it is, and all that its rules remember.

use crate::error::Result;
use crate::monitor::rules::Rule;
use crate::monitor::status::Status;
use crate::state::fields;

use super::Direction;
use super::departure::{Asked, Departure, Place, Side};
use super::evidence::Evidence;
use super::forbidden::Forbidden;
use super::known::{Meaning, known};
use super::levels::{Level, Levels};
use super::overfit::Overfit;

/// Levels of a policy's signal before anything is told: a policy that learns moves its divergence from 0, its entropy and its
/// reward faster then than ever again. With none all of 12 healthy policies of the zoo rang, with 64 one of them
/// (`python -m failure_zoo.misses` in `benches/`).
const LEARNING: u64 = 96;

/// A signal beside the five, with the direction that is bad.
#[derive(Debug, Clone, Default)]
pub struct NamedSignal {
    name: String,
    direction: Direction,
    /// As the name tells; kept, since a look into the table costs more than the rules.
    meaning: Meaning,
    levels: Levels,
    level: Option<Level>,
    high: Departure,
    low: Departure,
    overfit: Overfit,
    forbidden: Forbidden,
}

impl NamedSignal {
    /// A signal that has no value yet. A name in common use gives its meaning.
    pub(crate) fn new(name: &str, direction: Direction) -> Self {
        Self { name: name.to_owned(), direction, meaning: meaning_of(name), ..Self::default() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The direction that is bad.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// What it speaks of, as its name tells.
    pub fn meaning(&self) -> Meaning {
        self.meaning
    }

    /// A change that the user announced: what was usual is forgotten.
    pub(crate) fn restart(&mut self) {
        let fresh = Self::new(&self.name, self.direction);
        *self = Self { forbidden: self.forbidden, ..fresh };
    }

    /// Takes a value of a row; what its rules have to say of it. `factor` moves the lines by what the user asked.
    pub(crate) fn update(&mut self, value: f64, factor: f64, row: u64, alarms: &mut Vec<Evidence>) {
        if self.direction == Direction::Recorded {
            return;
        }
        let is_count = self.direction == Direction::Nonzero;
        if self.forbidden.update(!value.is_finite() || is_count && value != 0.0) {
            alarms.push(self.forbidden_evidence(value, row));
        }
        if !value.is_finite() || is_count {
            return;
        }
        if self.meaning == Meaning::EvaluationLoss {
            alarms.extend(self.evaluate(value, row));
        } else {
            self.compare(value, factor, row, alarms);
        }
    }

    fn forbidden_evidence(&self, value: f64, row: u64) -> Evidence {
        let rule = if value.is_finite() { Rule::SignalNonzero } else { Rule::SignalNonfinite };
        let length = self.forbidden.total();
        Evidence { rule, value, expected: None, spread: None, strength: 1.0, since: row, length }
    }

    fn evaluate(&mut self, value: f64, row: u64) -> Option<Evidence> {
        let strength = self.overfit.update(value)?;
        let (expected, length) = (Some(self.overfit.best()), self.overfit.since_best());
        Some(Evidence { rule: Rule::Overfit, value, expected, spread: None, strength, since: row, length })
    }

    fn compare(&mut self, value: f64, factor: f64, row: u64, alarms: &mut Vec<Evidence>) {
        self.level = self.levels.push(value);
        let Some(level) = self.level else { return };
        let warm_up = if self.meaning == Meaning::Policy { LEARNING } else { 0 };
        let asked = Asked { factor, warm_up };
        let sides = [
            (Side::High, Direction::Falls, Rule::SignalRise, &mut self.high),
            (Side::Low, Direction::Rises, Rule::SignalFall, &mut self.low),
        ];
        for (side, good, rule, departure) in sides {
            if self.direction == good {
                continue;
            }
            let Some(strength) = departure.update(side, &level, asked, row) else { continue };
            let (value, expected, since) = (level.middle, Some(level.usual), departure.since(row));
            let spread = (level.usual != 0.0).then(|| level.noise / level.usual.abs());
            alarms.push(Evidence { rule, value, expected, spread, strength, since, length: 1 });
        }
    }

    /// Whether it is of inference and has values enough to be judged by.
    pub(crate) fn judges_inference(&self) -> bool {
        self.meaning == Meaning::Inference && self.level.is_some()
    }

    /// What the signal makes of the run.
    pub(crate) fn status(&self) -> Status {
        let places = [self.high.place(), self.low.place()];
        if self.is_failure() {
            Status::Failing
        } else if places.contains(&Place::Away) || self.overfit.is_rising() || self.forbidden.is_recent() {
            Status::Suspect
        } else if places.contains(&Place::Elsewhere) {
            Status::Settled
        } else {
            Status::Healthy
        }
    }

    fn derive(&mut self) -> Result<()> {
        self.meaning = meaning_of(&self.name);
        Ok(())
    }

    /// An effect of size, a count of faults that is not 0, or values that are not finite and are more than one accident.
    fn is_failure(&self) -> bool {
        let is_certain = self.meaning == Meaning::EvaluationLoss || self.direction == Direction::Nonzero;
        let lost = |departure: &Departure, side| {
            let away = departure.place() != Place::Home;
            away && self.level.is_some_and(|level| departure.is_large(side, &level))
        };
        self.forbidden.is_lasting()
            || (is_certain && self.forbidden.is_now())
            || self.overfit.is_large()
            || (self.meaning != Meaning::Resource
                && (lost(&self.high, Side::High) || lost(&self.low, Side::Low)))
    }
}

fn meaning_of(name: &str) -> Meaning {
    known(name).map_or(Meaning::Other, |(_, meaning)| meaning)
}

fields!(NamedSignal { name, direction, levels, level, high, low, overfit, forbidden } then derive);

//! From components to one number: the largest of five weighted sums.

use crate::detect::component::{COMPONENTS, Component};
use crate::error::{Result, StateError};
use crate::state::fields;
use Component::*;

/// Most components are cut at this many deviations before they are added, so that none alone decides.
const CUT: f64 = 5.0;

/// What the stream is like now, each from 0 to 1: it decides how much each component counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Character {
    /// How far its samples can be forecast from those before.
    pub(super) predictability: f64,
    /// How far its season explains them.
    pub(super) season: f64,
}

/// When a component counts.
#[derive(Debug, Clone, Copy)]
enum When {
    Always,
    /// The less, the better the stream can be forecast: what is novel in shape is then told by its forecast error.
    Unpredictable,
    /// The more, the better it can be forecast.
    Predictable,
    /// As with [`When::Predictable`], and three times as much where it repeats itself almost exactly.
    Repeating,
    /// The more, the more its season explains.
    Seasonal,
}

fields!(Character { predictability, season } then check);

impl Character {
    fn check(&mut self) -> Result<()> {
        let share = |share: f64| (0.0..=1.0).contains(&share);
        if share(self.predictability) && share(self.season) {
            Ok(())
        } else {
            Err(StateError::Field { name: "character" }.into())
        }
    }

    fn weight(self, when: When) -> f64 {
        let rho = self.predictability;
        match when {
            When::Always => 1.0,
            When::Unpredictable => 1.0 - rho,
            When::Predictable => rho,
            When::Repeating => rho * (1.0 + 2.0 * rho.powi(8)),
            When::Seasonal => self.season,
        }
    }
}

/// A weighted sum of components, and what is added at the end.
///
/// Weights and offsets were fitted on the development halves of the sets that `make detection` scores; what each component
/// is worth stands in the table of that run in docs/detection.md.
struct WeightedSum {
    terms: &'static [(Component, When, f64)],
    offset: f64,
}

/// Shapes, tokens and forecast errors of the last samples. The shortest shape is not cut: a single point shows nowhere else
/// in a stream that cannot be forecast.
const SAMPLES: WeightedSum = WeightedSum {
    terms: &[
        (Dense4, When::Always, 1.0),
        (Dense16, When::Always, 1.0),
        (Dense32, When::Unpredictable, 1.0),
        (Dense64, When::Unpredictable, 0.5),
        (Tokens, When::Always, 1.0),
        (Rarity, When::Unpredictable, 2.0),
        (Residual1, When::Predictable, 1.0),
        (Residual8, When::Predictable, 1.0),
        (Residual16, When::Predictable, 1.0),
        (Residual32, When::Predictable, 1.0),
        (Block2Dense16, When::Repeating, 1.0),
        (Block2Dense32, When::Repeating, 1.0),
    ],
    offset: 0.0,
};
/// A flatline alone.
const FLATLINE: WeightedSum = WeightedSum { terms: &[(Flatline, When::Always, 1.0)], offset: 0.0 };
/// Means over 8 samples.
const EIGHT: WeightedSum = WeightedSum {
    terms: &[
        (Block8Dense8, When::Always, 0.8),
        (Block8Dense16, When::Always, 0.8),
        (Block8Dense32, When::Always, 0.4),
        (Block8Rarity, When::Always, 2.0),
    ],
    offset: -1.0,
};
/// Means over 64 samples.
const SIXTY_FOUR: WeightedSum = WeightedSum {
    terms: &[
        (Block64Dense4, When::Always, 1.3),
        (Block64Dense8, When::Always, 1.3),
        (Block64Dense16, When::Always, 0.65),
        (Block64Rarity, When::Always, 1.3),
    ],
    offset: -2.0,
};
/// Against the season.
const SEASON: WeightedSum =
    WeightedSum { terms: &[(Season32, When::Seasonal, 3.0), (Season128, When::Seasonal, 3.0)], offset: -1.0 };

const SUMS: [WeightedSum; 5] = [SAMPLES, FLATLINE, EIGHT, SIXTY_FOUR, SEASON];

/// Which components are cut.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// Those of which one must not decide alone.
    Most,
    /// Forecast errors too: one of them beyond all measure says no more than one at the cut about how rare it is.
    Residuals,
}

impl WeightedSum {
    fn of(&self, parts: &[f64; COMPONENTS], character: Character, cut: Cut) -> f64 {
        let term = |&(part, when, weight)| character.weight(when) * weight * cut.apply(part, parts);
        self.terms.iter().map(term).sum::<f64>() + self.offset
    }
}

impl Cut {
    fn apply(self, part: Component, parts: &[f64; COMPONENTS]) -> f64 {
        let z = parts[part as usize];
        match (part, self) {
            (Dense4 | Flatline, _) | (Residual1 | Residual8 | Residual16 | Residual32, Self::Most) => z,
            _ => z.min(CUT),
        }
    }
}

/// The score, and the one that the p-value judges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CombinedScore {
    /// The largest sum.
    pub(super) score: f64,
    /// The same where single forecast errors do not decide alone.
    pub(super) judged: f64,
}

impl CombinedScore {
    /// Of the first samples, while there is no scale.
    pub(super) const WARM_UP: Self = Self { score: 0.0, judged: 0.0 };

    /// Of components in deviations.
    pub(super) fn of(parts: &[f64; COMPONENTS], character: Character) -> Self {
        let of = |sum: &WeightedSum, cut| sum.of(parts, character, cut);
        // Forecast errors stand in the first sum only.
        let [samples, others @ ..] = &SUMS;
        let others = others.iter().map(|sum| of(sum, Cut::Most)).fold(f64::NEG_INFINITY, f64::max);
        let largest = |cut| of(samples, cut).max(others);
        Self { score: largest(Cut::Most), judged: largest(Cut::Residuals) }
    }
}

/// What each component adds to the largest sum, the most first.
pub(super) fn contributions(parts: &[f64; COMPONENTS], character: Character) -> Vec<(Component, f64)> {
    let of = |sum: &&WeightedSum| sum.of(parts, character, Cut::Most);
    let Some(largest) = SUMS.iter().max_by(|a, b| of(a).total_cmp(&of(b))) else {
        return Vec::new();
    };
    let contribution =
        |&(part, when, weight)| (part, character.weight(when) * weight * Cut::Most.apply(part, parts));
    let mut all: Vec<(Component, f64)> = largest.terms.iter().map(contribution).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

//! From components to one number: the largest of four weighted sums.

use crate::detect::component::{COMPONENTS, Component};

/// Most components are cut at this many deviations before they are added, so that none alone decides.
const CUT: f64 = 5.0;

/// A weighted sum of components, and what is added at the end.
///
/// Weights and offsets were fitted on the development halves of the sets that `make detection` scores (2026-11-24); what each
/// component is worth stands in the README's table of that run.
struct WeightedSum {
    terms: &'static [(Component, f64)],
    offset: f64,
}

/// Shapes and tokens of the last samples. The shortest shape is not cut: a single point shows nowhere else.
const SAMPLES: WeightedSum = WeightedSum {
    terms: &[
        (Component::Dense4, 1.0),
        (Component::Dense16, 1.0),
        (Component::Dense32, 1.0),
        (Component::Dense64, 0.5),
        (Component::Tokens, 1.0),
        (Component::Rarity, 2.0),
    ],
    offset: 0.0,
};
/// A flatline alone.
const FLATLINE: WeightedSum = WeightedSum { terms: &[(Component::Flatline, 1.0)], offset: 0.0 };
/// Means over 8 samples.
const EIGHT: WeightedSum = WeightedSum {
    terms: &[
        (Component::Block8Dense8, 0.8),
        (Component::Block8Dense16, 0.8),
        (Component::Block8Dense32, 0.4),
        (Component::Block8Rarity, 2.0),
    ],
    offset: -1.0,
};
/// Means over 64 samples.
const SIXTY_FOUR: WeightedSum = WeightedSum {
    terms: &[
        (Component::Block64Dense4, 1.3),
        (Component::Block64Dense8, 1.3),
        (Component::Block64Dense16, 0.65),
        (Component::Block64Rarity, 1.3),
    ],
    offset: -2.0,
};

impl WeightedSum {
    fn of(&self, parts: &[f64; COMPONENTS]) -> f64 {
        self.terms.iter().map(|&(part, weight)| weight * cut(part, parts)).sum::<f64>() + self.offset
    }
}

fn cut(part: Component, parts: &[f64; COMPONENTS]) -> f64 {
    let z = parts[part as usize];
    if matches!(part, Component::Dense4 | Component::Flatline) { z } else { z.min(CUT) }
}

/// The score of single samples, which the p-value judges, and that of everything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CombinedScore {
    /// The larger of the sums over single samples.
    pub(super) short: f64,
    /// The largest of these and of the sums over block means, where there are any.
    pub(super) all: f64,
}

impl CombinedScore {
    /// Of the first samples, while there is no scale.
    pub(super) const WARM_UP: Self = Self { short: 0.0, all: 0.0 };
}

/// Which sums a detector has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    /// Those over single samples.
    OfSamples,
    /// Those, and the sums over block means.
    WithBlockMeans,
}

impl Sums {
    /// The score of components in deviations.
    pub(super) fn score(self, parts: &[f64; COMPONENTS]) -> CombinedScore {
        let short = SAMPLES.of(parts).max(FLATLINE.of(parts));
        let all = match self {
            Self::OfSamples => short,
            Self::WithBlockMeans => short.max(EIGHT.of(parts)).max(SIXTY_FOUR.of(parts)),
        };
        CombinedScore { short, all }
    }

    /// What each component adds to the largest sum, the most first.
    pub(super) fn contributions(self, parts: &[f64; COMPONENTS]) -> Vec<(Component, f64)> {
        let sums = match self {
            Self::OfSamples => &[SAMPLES, FLATLINE][..],
            Self::WithBlockMeans => &[SAMPLES, FLATLINE, EIGHT, SIXTY_FOUR],
        };
        let Some(largest) = sums.iter().max_by(|a, b| a.of(parts).total_cmp(&b.of(parts))) else {
            return Vec::new();
        };
        let contribution = |&(part, weight)| (part, weight * cut(part, parts));
        let mut all: Vec<(Component, f64)> = largest.terms.iter().map(contribution).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all
    }
}

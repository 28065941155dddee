//! From parts to one number: the largest of four sums.

use crate::detect::component::{PARTS, Part};

/// Most parts are cut here before they are added, so that none alone decides.
const CUT: f64 = 5.0;

/// A weighted sum of parts: weights, cut or not, and what is added at the end.
struct Sum {
    terms: &'static [(Part, f64)],
    offset: f64,
}

/// Shapes and words of the last samples. The shortest shape is not cut: a single point shows nowhere else.
const SHORT: Sum = Sum {
    terms: &[
        (Part::Dense4, 1.0),
        (Part::Dense16, 1.0),
        (Part::Dense32, 1.0),
        (Part::Dense64, 0.5),
        (Part::Words, 1.0),
        (Part::Rarity, 2.0),
    ],
    offset: 0.0,
};
const STILL: Sum = Sum { terms: &[(Part::Still, 1.0)], offset: 0.0 };
const EIGHT: Sum = Sum {
    terms: &[
        (Part::Block8Dense8, 0.8),
        (Part::Block8Dense16, 0.8),
        (Part::Block8Dense32, 0.4),
        (Part::Block8Rarity, 2.0),
    ],
    offset: -1.0,
};
const SIXTY_FOUR: Sum = Sum {
    terms: &[
        (Part::Block64Dense4, 1.3),
        (Part::Block64Dense8, 1.3),
        (Part::Block64Dense16, 0.65),
        (Part::Block64Rarity, 1.3),
    ],
    offset: -2.0,
};

impl Sum {
    fn of(&self, parts: &[f64; PARTS]) -> f64 {
        self.terms.iter().map(|&(part, weight)| weight * cut(part, parts)).sum::<f64>() + self.offset
    }
}

fn cut(part: Part, parts: &[f64; PARTS]) -> f64 {
    let z = parts[part as usize];
    if matches!(part, Part::Dense4 | Part::Still) { z } else { z.min(CUT) }
}

/// The score of the short parts, which the p-value judges, and that of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The larger of the sum of the short parts and stillness.
    pub short: f64,
    /// The largest of that and, with long shapes, the sums over block means.
    pub all: f64,
}

impl Score {
    /// Of the first samples.
    pub fn silent() -> Self {
        Self { short: 0.0, all: 0.0 }
    }

    /// Of parts on the common scale.
    pub fn of(parts: &[f64; PARTS], long: bool) -> Self {
        let short = SHORT.of(parts).max(STILL.of(parts));
        let all = if long { short.max(EIGHT.of(parts)).max(SIXTY_FOUR.of(parts)) } else { short };
        Self { short, all }
    }

    /// What each part adds to the sum that won, the most first.
    pub fn contributions(parts: &[f64; PARTS], long: bool) -> Vec<(Part, f64)> {
        let sums = if long { &[SHORT, STILL, EIGHT, SIXTY_FOUR][..] } else { &[SHORT, STILL] };
        let Some(winner) = sums.iter().max_by(|a, b| a.of(parts).total_cmp(&b.of(parts))) else {
            return Vec::new();
        };
        let mut all: Vec<(Part, f64)> =
            winner.terms.iter().map(|&(part, weight)| (part, weight * cut(part, parts))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all
    }
}

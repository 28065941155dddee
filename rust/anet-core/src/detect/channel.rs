//! One stream of numbers: measured, scaled, combined, judged.

use std::sync::Arc;

use crate::detect::LONGEST;
use crate::detect::change::Changes;
use crate::detect::combine::{CombinedScore, contributions};
use crate::detect::component::{COMPONENTS, Component};
use crate::detect::event::{self, Event, Told};
use crate::detect::explanation::Explanation;
use crate::detect::measures::Measures;
use crate::detect::normalise::{ComponentScales, LARGEST, WARM_UP};
use crate::detect::quiet_range;
use crate::detect::recent::{self, Recent};
use crate::detect::settings::DetectorSettings;
use crate::detect::threshold::{AT_THRESHOLD, PValue, Verdict};
use crate::detect::tokens::Vocabulary;
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::Level;

/// The detector's answer to one sample of one channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelScore {
    /// Higher is stranger; unbounded.
    pub score: f64,
    /// How often a healthy stream scores this high.
    pub p_value: f64,
    /// Whether the score is beyond the ordinary threshold and only the stream's own habits keep it from alarming.
    pub held: bool,
    /// What the sample should have been, by what came before it; NaN during the warm-up.
    pub expected: f64,
    /// Each component in deviations from its own recent mean, in the order of [`crate::Component::ALL`].
    pub parts: [f64; COMPONENTS],
}

impl ChannelScore {
    const NOTHING: Self =
        Self { score: 0.0, p_value: 1.0, held: false, expected: f64::NAN, parts: [0.0; COMPONENTS] };
}

/// One stream of numbers.
#[derive(Debug, Clone)]
pub struct Channel {
    t: u64,
    warm_up: u64,
    changes: Changes,
    scales: ComponentScales,
    p_value: PValue,
    last: ChannelScore,
    measures: Measures,
    recent: Recent,
}

impl Channel {
    /// Has seen nothing.
    pub(super) fn new(vocabulary: Arc<Vocabulary>, settings: &DetectorSettings, level: Level) -> Self {
        Self {
            t: 0,
            warm_up: settings.warm_up.max(WARM_UP),
            changes: Changes::new(settings.change),
            scales: ComponentScales::new(),
            p_value: PValue::new(settings.options),
            last: ChannelScore::NOTHING,
            measures: Measures::new(vocabulary, settings, level),
            recent: Recent::new(if settings.options.long { recent::KEPT } else { recent::KEPT_SMALL }),
        }
    }

    /// A sample is missing. Nothing is learned; only the length of the gap is counted.
    pub(super) fn missing(&mut self) {
        self.measures.missing();
        self.recent.push(f64::NAN);
    }

    /// Scores a sample by what came before it, then learns it; nothing where it is missing or has no change that is judged.
    pub(super) fn push(&mut self, x: f64) -> Option<ChannelScore> {
        let before = self.changes.clone();
        let judged = self.changes.push(x);
        if judged.is_finite() {
            let found = self.score(judged);
            self.last = ChannelScore { expected: before.sample(found.expected), ..found };
            Some(self.last)
        } else {
            self.missing();
            None
        }
    }

    fn score(&mut self, x: f64) -> ChannelScore {
        let x = x.clamp(-LARGEST, LARGEST);
        self.recent.push(x);
        let (expected, raw) = self.measures.push(self.t, x);
        let expected = if self.t < WARM_UP { f64::NAN } else { expected };
        let parts = self.scales.push(self.t, raw);
        let score = if self.t < WARM_UP {
            CombinedScore::WARM_UP
        } else {
            CombinedScore::of(&parts, self.measures.character())
        };
        let verdict = self.p_value.push(self.t, x, score.judged, &parts);
        if verdict.p_value <= AT_THRESHOLD {
            self.measures.alarmed();
        }
        let warm = self.t >= self.warm_up;
        self.t += 1;
        if warm {
            let Verdict { p_value, held } = verdict;
            ChannelScore { score: score.score, p_value, held, expected, parts }
        } else {
            ChannelScore { expected, ..ChannelScore::NOTHING }
        }
    }

    /// The last sample in deviations from the recent mean, without the changes that outliers would make.
    pub(super) fn normal(&self) -> f64 {
        self.measures.normal()
    }

    /// The components of the last sample in their own units, in the order of [`crate::Component::ALL`].
    pub fn raw(&self) -> &[f64; COMPONENTS] {
        self.measures.raw()
    }

    /// The period of its season in samples, where it has one.
    pub fn period(&self) -> Option<usize> {
        self.measures.period()
    }

    /// What was said of the last sample.
    pub fn last(&self) -> &ChannelScore {
        &self.last
    }

    /// The p-value that what is judged of the next sample would have. Nothing is learned.
    fn p_value_of(&self, judged: f64) -> f64 {
        self.clone().score(judged).p_value
    }

    /// The least and the greatest next sample that `is_quiet` says of its p-value, as [`quiet_range::around`] has them.
    pub(super) fn quiet_range(&self, is_quiet: impl Fn(f64) -> bool) -> (f64, f64) {
        self.range(|newest| quiet_range::around(newest, |x| is_quiet(self.p_value_of(x))))
    }

    /// About the same, sooner.
    pub(super) fn band(&self, is_quiet: impl Fn(f64) -> bool) -> (f64, f64) {
        self.range(|newest| quiet_range::about(newest, |x| is_quiet(self.p_value_of(x))))
    }

    fn range(&self, of_judged: impl Fn(&[f64]) -> (f64, f64)) -> (f64, f64) {
        if self.t < self.warm_up {
            return (f64::NEG_INFINITY, f64::INFINITY);
        }
        let (low, high) = of_judged(&self.recent.oldest_first());
        (self.changes.sample(low), self.changes.sample(high))
    }

    /// What the newest samples look like, or the event that is told.
    fn event(&self, told: Option<Told>, part: Option<Component>) -> Option<Event> {
        let reach = part.map_or(WARM_UP, Component::reach);
        (self.t > WARM_UP).then(|| event::describe(&self.recent.oldest_first(), told, reach)).flatten()
    }

    /// Why the last sample has its score, and what the event is that is told.
    pub(super) fn explain(&self, told: Option<Told>) -> Explanation {
        let ChannelScore { score, p_value, parts, .. } = self.last;
        let warm = self.t > self.warm_up;
        let contributions = if warm { contributions(&parts, self.measures.character()) } else { Vec::new() };
        let part = contributions.first().map(|&(part, _)| part);
        Explanation {
            channel: 0,
            joint: false,
            samples: self.t,
            score,
            p_value,
            part,
            raw: part.map_or(f64::NAN, |part| self.raw()[part as usize]),
            usual: part.map_or(f64::NAN, |part| self.scales.mean(part)),
            matches: part.map_or_else(Vec::new, |part| self.measures.matches(self.t - 1, part)),
            rare_tokens: if warm { self.measures.rare_tokens(self.t) } else { Vec::new() },
            event: self.event(told, part),
            contributions,
        }
    }

    fn check(&mut self) -> Result<()> {
        if self.t > LONGEST || !self.measures.stands_before(self.t) {
            return Err(StateError::Field { name: "samples seen" }.into());
        }
        Ok(())
    }
}

// The measures and the recent samples last: they change a page at a time, everything before them with every sample.
fields!(Channel { t, (recent.due), changes, scales, p_value, last, measures, recent } then check);
fields!(ChannelScore { score, p_value, held, expected, parts });

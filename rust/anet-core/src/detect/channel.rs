//! One stream of numbers: measured, scaled, combined, judged.

use std::sync::Arc;

use crate::detect::combine::{CombinedScore, Sums};
use crate::detect::component::{COMPONENTS, Component};
use crate::detect::event::{self, Event};
use crate::detect::explanation::Explanation;
use crate::detect::measures::Measures;
use crate::detect::normalise::{ComponentScales, LARGEST, WARM_UP};
use crate::detect::quiet_range;
use crate::detect::recent::Recent;
use crate::detect::settings::DetectorOptions;
use crate::detect::threshold::PValue;
use crate::detect::tokens::Vocabulary;
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::Level;

/// Samples that no stream lives to see: a saved state that claims more was not saved.
const LONGEST: u64 = 1 << 62;

/// The detector's answer to one sample of one channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelScore {
    /// Higher is stranger; unbounded.
    pub score: f64,
    /// How often a healthy stream scores this high.
    pub p_value: f64,
    /// Each component in deviations from its own recent mean, in the order of [`crate::Component::ALL`].
    pub parts: [f64; COMPONENTS],
}

/// One stream of numbers.
#[derive(Debug, Clone)]
pub struct Channel {
    t: u64,
    sums: Sums,
    scales: ComponentScales,
    p_value: PValue,
    last: ChannelScore,
    measures: Measures,
    recent: Recent,
}

impl Channel {
    /// Has seen nothing.
    pub(super) fn new(vocabulary: Arc<Vocabulary>, options: DetectorOptions, level: Level) -> Self {
        Self {
            t: 0,
            sums: if options.block_means { Sums::WithBlockMeans } else { Sums::OfSamples },
            scales: ComponentScales::new(),
            p_value: PValue::new(options),
            last: ChannelScore { score: 0.0, p_value: 1.0, parts: [0.0; COMPONENTS] },
            measures: Measures::new(vocabulary, options, level),
            recent: Recent::new(),
        }
    }

    /// A sample is missing. Nothing is learned; only the length of the gap is counted.
    pub(super) fn missing(&mut self) {
        self.measures.missing();
        self.recent.push(f64::NAN);
    }

    /// Scores a finite sample by what came before it, then learns it.
    pub(super) fn push(&mut self, x: f64) -> ChannelScore {
        let x = x.clamp(-LARGEST, LARGEST);
        self.recent.push(x);
        let raw = self.measures.push(self.t, x);
        let parts = self.scales.push(self.t, raw);
        let score = if self.t < WARM_UP { CombinedScore::WARM_UP } else { self.sums.score(&parts) };
        let p_value = self.p_value.push(self.t, score.short);
        self.t += 1;
        self.last = ChannelScore { score: score.all, p_value, parts };
        self.last
    }

    /// The components of the last sample in their own units, in the order of [`crate::Component::ALL`].
    pub fn raw(&self) -> &[f64; COMPONENTS] {
        self.measures.raw()
    }

    /// What was said of the last sample.
    pub fn last(&self) -> &ChannelScore {
        &self.last
    }

    /// The score that the finite sample `x` would have. Nothing is learned.
    pub(super) fn peek(&self, x: f64) -> ChannelScore {
        self.clone().push(x)
    }

    /// The least and the greatest next sample that `is_quiet` says of its p-value, as [`quiet_range::around`] has them.
    pub(super) fn quiet_range(&self, is_quiet: impl Fn(f64) -> bool) -> (f64, f64) {
        if self.t < WARM_UP {
            return (f64::NEG_INFINITY, f64::INFINITY);
        }
        quiet_range::around(&self.recent.oldest_first(), |x| is_quiet(self.peek(x).p_value))
    }

    /// What the newest samples look like. `since` is how many samples before the newest one the event began.
    fn event(&self, since: Option<u64>, part: Option<Component>) -> Option<Event> {
        let reach = part.map_or(WARM_UP, Component::reach);
        (self.t > WARM_UP).then(|| event::describe(&self.recent.oldest_first(), since, reach)).flatten()
    }

    /// Why the last sample has its score, and what the event is that began `since` samples before it.
    pub(super) fn explain(&self, since: Option<u64>) -> Explanation {
        let ChannelScore { score, p_value, parts } = self.last;
        let warm = self.t > WARM_UP;
        let contributions = if warm { self.sums.contributions(&parts) } else { Vec::new() };
        let part = contributions.first().map(|&(part, _)| part);
        let value = |values: &[f64; COMPONENTS]| part.map_or(f64::NAN, |part| values[part as usize]);
        Explanation {
            channel: 0,
            samples: self.t,
            score,
            p_value,
            part,
            raw: value(self.raw()),
            usual: value(self.scales.means()),
            matches: part.map_or_else(Vec::new, |part| self.measures.matches(self.t - 1, part)),
            rare_tokens: if warm { self.measures.rare_tokens(self.t) } else { Vec::new() },
            event: self.event(since, part),
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
fields!(Channel { t, (recent.due), scales, p_value, last, measures, recent } then check);
fields!(ChannelScore { score, p_value, parts });

//! Every component of one stream, measured in its own units.

use std::sync::Arc;

use crate::detect::combine::Character;
use crate::detect::component::{COMPONENTS, Component};
use crate::detect::explanation::RareToken;
use crate::detect::neighbour::Match;
use crate::detect::normalise::{Gap, Normaliser, Resumed};
use crate::detect::patterns::Patterns;
use crate::detect::settings::DetectorSettings;
use crate::detect::shape::Flatline;
use crate::detect::tokens::{
    BAG, LAGS, Logarithms, TOKENS, TOKENS_A_SAMPLE, Token, TokenNovelty, TokenRarity, Tokeniser, Vocabulary,
    within,
};
use crate::error::{Result, StateError};
use crate::state::fields;
use anet_simd::Level;

/// Samples whose tokens are averaged for [`Component::Rarity`], and listed in an explanation.
const RECENT: usize = 8;
/// Rare tokens in an explanation.
const RARE_TOKENS: usize = 5;
/// Samples that the tokens of a bag look back over.
const REACH: u64 = (BAG + LAGS[LAGS.len() - 1]) as u64;

/// The memory of all components of one stream.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    vocabulary: Arc<Vocabulary>,
    raw: [f64; COMPONENTS],
    /// The tokens of the last samples, for an explanation.
    recent: [[u16; TOKENS_A_SAMPLE]; RECENT],
    gap: Gap,
    normaliser: Normaliser,
    tokeniser: Tokeniser,
    rarity: TokenRarity<RECENT>,
    flatline: Flatline,
    patterns: Patterns,
    novelty: Option<TokenNovelty>,
}

impl Measures {
    /// Has seen nothing.
    pub(super) fn new(vocabulary: Arc<Vocabulary>, settings: &DetectorSettings, level: Level) -> Self {
        let (size, tokens) = (vocabulary.size(), settings.options.tokens);
        // A bag looks up hundreds of logarithms a sample, rarity nine.
        let logarithms = if tokens { Logarithms::Kept } else { Logarithms::Computed };
        Self {
            vocabulary,
            raw: Component::ALL.map(|part| part.prior().0),
            recent: [[0; TOKENS_A_SAMPLE]; RECENT],
            gap: Gap::new(),
            normaliser: Normaliser::new(),
            tokeniser: Tokeniser::new(),
            rarity: TokenRarity::new(size, logarithms),
            flatline: Flatline::new(),
            patterns: Patterns::new(settings, level),
            novelty: tokens.then(|| TokenNovelty::new(level, size)),
        }
    }

    /// A sample is missing.
    pub(super) fn missing(&mut self) {
        self.gap.missing();
        self.patterns.missing();
    }

    /// The last sample alarmed.
    pub(super) fn alarmed(&mut self) {
        self.patterns.alarmed();
    }

    /// The components of the last sample, in the order of [`Component::ALL`].
    pub(super) fn raw(&self) -> &[f64; COMPONENTS] {
        &self.raw
    }

    /// What the stream was like at the last sample.
    pub(super) fn character(&self) -> Character {
        self.patterns.character()
    }

    /// The last sample, normalised.
    pub(super) fn normal(&self) -> f64 {
        self.patterns.past.at(0)
    }

    /// The period that the stream has, in samples.
    pub(super) fn period(&self) -> Option<usize> {
        self.patterns.period()
    }

    /// Measures the finite sample number `t` by what came before it, then learns it. With the components comes what the sample
    /// should have been.
    pub(super) fn push(&mut self, t: u64, x: f64) -> (f64, &[f64; COMPONENTS]) {
        let forecasts = self.patterns.forecasts(t);
        // On the scale from before the sample.
        let expected = self.normaliser.denormalise(self.patterns.expected(&forecasts));
        if self.gap.resume() == Resumed::AfterLongGap {
            self.patterns.resume();
        }
        let since = self.gap.since();
        let normal = self.normaliser.push(t, x);
        self.patterns.push(t, since, x, normal, &forecasts, &mut self.raw);
        self.push_tokens(t, since, normal.token);
        self.raw[Component::Flatline as usize] = self.flatline.push(t, x);
        (expected, &self.raw)
    }

    fn push_tokens(&mut self, t: u64, since: u64, value: f64) {
        let tokens = self.tokeniser.push(t, value);
        self.recent[(t % RECENT as u64) as usize] = tokens;
        let slots = tokens.map(|token| self.vocabulary.slot(token));
        self.raw[Component::Rarity as usize] = self.rarity.push(t, &slots, within(since));
        if let Some(novelty) = &mut self.novelty {
            let value = novelty.push(t, &slots, self.rarity.counts());
            self.raw[Component::Tokens as usize] = if since < REACH { f64::NAN } else { value };
        }
    }

    /// The nearest earlier runs of samples at sample number `t`, the nearest first, where a component compares with any.
    pub(super) fn matches(&self, t: u64, part: Component) -> Vec<Match> {
        match (part, &self.novelty) {
            (Component::Tokens, Some(novelty)) => novelty.nearest(t, self.rarity.counts()),
            _ => self.patterns.matches(t, part),
        }
    }

    /// The rarest tokens of the last of `samples` samples; of equals the latest.
    pub(super) fn rare_tokens(&self, samples: u64) -> Vec<RareToken> {
        let mut rare = Vec::new();
        for age in 0..samples.min(RECENT as u64) {
            for &token in &self.recent[((samples - 1 - age) % RECENT as u64) as usize] {
                let (count, surprise) = self.rarity.counts().of(self.vocabulary.slot(token));
                rare.push(RareToken { token: Token::of(token), age, count, surprise });
            }
        }
        rare.sort_by(|a, b| b.surprise.total_cmp(&a.surprise));
        rare.truncate(RARE_TOKENS);
        rare
    }

    /// Whether `t` samples can have left this memory.
    pub(super) fn stands_before(&self, t: u64) -> bool {
        self.patterns.past.seen == t && self.novelty.as_ref().is_none_or(|novelty| novelty.samples() == t)
    }

    fn check(&mut self) -> Result<()> {
        let possible = |&token: &u16| usize::from(token) < TOKENS;
        if self.raw.iter().any(|value| value.is_infinite()) || !self.recent.iter().flatten().all(possible) {
            return Err(StateError::Field { name: "components" }.into());
        }
        Ok(())
    }
}

// The largest last: its pages change one at a time, everything before it with every sample.
fields!(Measures { raw, recent, gap, normaliser, tokeniser, rarity, flatline, patterns, [novelty] } then check);

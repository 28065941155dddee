//! Every component of one stream, measured in its own units.

use std::sync::Arc;

use crate::detect::combine::Character;
use crate::detect::component::{COMPONENTS, Component};
use crate::detect::explanation::RareToken;
use crate::detect::forecast::{ANALOGUES, Forecaster, Past, REACH as PAST};
use crate::detect::long_shapes::LongShapes;
use crate::detect::neighbour::Match;
use crate::detect::normalise::{Gap, Normaliser, Resumed};
use crate::detect::season::Season;
use crate::detect::settings::DetectorSettings;
use crate::detect::shape::{Flatline, LagKnn, Memory};
use crate::detect::slow::{Drift, Fall};
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
/// Lengths of the lag vectors of samples, and the samples that their analogues look back over.
const LENGTHS: [usize; 4] = [4, 16, 32, 64];
const SHORT_PAST: usize = Memory::Short.lags() + LENGTHS[LENGTHS.len() - 1];

/// The memory of all components of one stream.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    vocabulary: Arc<Vocabulary>,
    raw: [f64; COMPONENTS],
    /// The tokens of the last samples, for an explanation.
    recent: [[u16; TOKENS_A_SAMPLE]; RECENT],
    gap: Gap,
    normaliser: Normaliser,
    shape: LagKnn<4>,
    tokeniser: Tokeniser,
    rarity: TokenRarity<RECENT>,
    flatline: Flatline,
    forecaster: Forecaster,
    drift: Drift,
    fall: Fall,
    season: Season,
    past: Past,
    long: Option<LongShapes>,
    novelty: Option<TokenNovelty>,
}

impl Measures {
    /// Has seen nothing.
    pub(super) fn new(vocabulary: Arc<Vocabulary>, settings: &DetectorSettings, level: Level) -> Self {
        use Component::{Dense4, Dense16, Dense32, Dense64};
        let options = settings.options;
        let early = [Dense4, Dense16, Dense32, Dense64].map(|part| part.prior().0);
        let size = vocabulary.size();
        // A bag looks up hundreds of logarithms a sample, rarity nine.
        let logarithms = if options.tokens { Logarithms::Kept } else { Logarithms::Computed };
        Self {
            vocabulary,
            raw: Component::ALL.map(|part| part.prior().0),
            recent: [[0; TOKENS_A_SAMPLE]; RECENT],
            gap: Gap::new(),
            normaliser: Normaliser::new(),
            shape: LagKnn::new(level, LENGTHS, Memory::Short, 16.0, early),
            tokeniser: Tokeniser::new(),
            rarity: TokenRarity::new(size, logarithms),
            flatline: Flatline::new(),
            forecaster: Forecaster::new(if options.long { ANALOGUES } else { LENGTHS.len() }),
            drift: Drift::new(),
            fall: Fall::new(),
            season: Season::new(level, &settings.season, options.long),
            past: Past::new(if options.long { PAST } else { SHORT_PAST }),
            long: options.long.then(|| LongShapes::new(level)),
            novelty: options.tokens.then(|| TokenNovelty::new(level, size)),
        }
    }

    /// A sample is missing.
    pub(super) fn missing(&mut self) {
        self.gap.missing();
        self.season.missing();
    }

    /// The last sample alarmed.
    pub(super) fn alarmed(&mut self) {
        self.drift.alarmed();
    }

    /// The components of the last sample, in the order of [`Component::ALL`].
    pub(super) fn raw(&self) -> &[f64; COMPONENTS] {
        &self.raw
    }

    /// What the stream is like, by the samples so far.
    pub(super) fn character(&self) -> Character {
        Character { predictability: self.forecaster.predictability(), season: self.season.share() }
    }

    /// The last sample, normalised.
    pub(super) fn normal(&self) -> f64 {
        self.past.at(0)
    }

    /// The period that the stream has, in samples.
    pub(super) fn period(&self) -> Option<usize> {
        self.season.period()
    }

    /// What sample number `t`, the next one, should be: the mean of the forecasts and, as far as the season explains the
    /// stream, of its place in the period.
    pub(super) fn expected(&self, t: u64) -> f64 {
        let forecast = self.forecaster.forecast(t, &self.analogues());
        let season = self.season.expected().unwrap_or(forecast);
        let share = self.season.share() * (1.0 - self.forecaster.predictability());
        self.normaliser.denormalise(forecast + share * (season - forecast))
    }

    /// Measures the finite sample number `t` by what came before it, then learns it.
    pub(super) fn push(&mut self, t: u64, x: f64) -> &[f64; COMPONENTS] {
        if self.gap.resume() == Resumed::AfterLongGap
            && let Some(long) = &mut self.long
        {
            long.forget();
        }
        let since = self.gap.since();
        let analogues = self.analogues();
        let normal = self.normaliser.push(t, x);
        let y = normal.shape;
        let raw = &mut self.raw;
        raw[..4].copy_from_slice(&self.shape.push(t, since.saturating_add(1), y));
        let tokens = self.tokeniser.push(t, normal.token);
        self.recent[(t % RECENT as u64) as usize] = tokens;
        let slots = tokens.map(|token| self.vocabulary.slot(token));
        raw[Component::Rarity as usize] = self.rarity.push(t, &slots, within(since));
        if let Some(novelty) = &mut self.novelty {
            let value = novelty.push(t, &slots, self.rarity.counts());
            raw[Component::Tokens as usize] = if since < REACH { f64::NAN } else { value };
        }
        raw[Component::Flatline as usize] = self.flatline.push(t, x);
        if let Some(long) = &mut self.long {
            raw[LongShapes::PARTS].copy_from_slice(&long.push(t, normal));
        }
        raw[Component::Residual1 as usize..][..4]
            .copy_from_slice(&self.forecaster.push(t, since, y, &analogues));
        let season = self.season.push(y);
        raw[Component::Season32 as usize..][..2].copy_from_slice(&season.means);
        let (period, share) = (self.season.period(), self.season.share());
        raw[Component::Drift as usize] = self.drift.push(y, period, share, season.error);
        raw[Component::Fall as usize] = self.fall.push(t, x, y);
        self.past.push(y);
        &self.raw
    }

    /// What came after the nearest lag vectors of each length.
    fn analogues(&self) -> [f64; ANALOGUES] {
        let mut all = [0.0; ANALOGUES];
        for (i, analogue) in all[..LENGTHS.len()].iter_mut().enumerate() {
            *analogue = self.past.after(self.shape.lags(i).iter().map(|&lag| usize::from(lag)));
        }
        if let Some(long) = &self.long {
            all[LENGTHS.len()..].copy_from_slice(&long.analogues(&self.past));
        }
        all
    }

    /// The nearest earlier runs of samples at sample number `t`, the nearest first, where a component compares with any.
    pub(super) fn matches(&self, t: u64, part: Component) -> Vec<Match> {
        use Component::{Dense4, Dense16, Dense32, Dense64, Tokens};
        match (part, &self.novelty, &self.long) {
            (Dense4 | Dense16 | Dense32 | Dense64, ..) => self.shape.nearest(t, part as usize),
            (Tokens, Some(novelty), _) => novelty.nearest(t, self.rarity.counts()),
            (_, _, Some(long)) => long.nearest(t, part),
            _ => Vec::new(),
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
        self.past.seen == t && self.novelty.as_ref().is_none_or(|novelty| novelty.samples() == t)
    }

    fn check(&mut self) -> Result<()> {
        let possible = |&token: &u16| usize::from(token) < TOKENS;
        if self.raw.iter().any(|value| value.is_infinite()) || !self.recent.iter().flatten().all(possible) {
            return Err(StateError::Field { name: "components" }.into());
        }
        self.long.as_mut().map_or(Ok(()), |long| long.recompute(&self.past))
    }
}

// The largest last: its pages change one at a time, everything before it with every sample.
fields!(Measures {
    (past.seen), raw, recent, gap, normaliser, shape, tokeniser, rarity, flatline, forecaster, drift, fall, [long], season, past, [novelty],
} then check);

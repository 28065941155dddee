//! Every component of one stream, measured in its own units.

use std::sync::Arc;

use crate::detect::component::{COMPONENTS, Component};
use crate::detect::explanation::RareToken;
use crate::detect::neighbour::Match;
use crate::detect::normalise::{Gap, Normaliser, Resumed};
use crate::detect::settings::DetectorOptions;
use crate::detect::shape::{BlockMeans, Flatline, LagKnn};
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
/// Where the components over block means stand among all.
const BLOCK8: usize = Component::Block8Dense8 as usize;
const BLOCK64: usize = Component::Block64Dense4 as usize;

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
    block_means: Option<BlockMeans>,
    novelty: Option<TokenNovelty>,
}

impl Measures {
    /// Has seen nothing.
    pub(super) fn new(vocabulary: Arc<Vocabulary>, options: DetectorOptions, level: Level) -> Self {
        use Component::{Dense4, Dense16, Dense32, Dense64};
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
            shape: LagKnn::new(level, [4, 16, 32, 64], 16.0, early),
            tokeniser: Tokeniser::new(),
            rarity: TokenRarity::new(size, logarithms),
            flatline: Flatline::new(),
            block_means: options.block_means.then(|| BlockMeans::new(level)),
            novelty: options.tokens.then(|| TokenNovelty::new(level, size)),
        }
    }

    /// A sample is missing.
    pub(super) fn missing(&mut self) {
        self.gap.missing();
    }

    /// The components of the last sample, in the order of [`Component::ALL`].
    pub(super) fn raw(&self) -> &[f64; COMPONENTS] {
        &self.raw
    }

    /// Measures the finite sample number `t` by what came before it, then learns it.
    pub(super) fn push(&mut self, t: u64, x: f64) -> &[f64; COMPONENTS] {
        if self.gap.resume() == Resumed::AfterLongGap
            && let Some(blocks) = &mut self.block_means
        {
            blocks.forget();
        }
        let since = self.gap.since();
        let raw = &mut self.raw;
        let normal = self.normaliser.push(t, x);
        raw[..4].copy_from_slice(&self.shape.push(t, since.saturating_add(1), normal.shape));
        let tokens = self.tokeniser.push(t, normal.token);
        self.recent[(t % RECENT as u64) as usize] = tokens;
        let slots = tokens.map(|token| self.vocabulary.slot(token));
        raw[Component::Rarity as usize] = self.rarity.push(t, &slots, within(since));
        if let Some(novelty) = &mut self.novelty {
            let value = novelty.push(t, &slots, self.rarity.counts());
            raw[Component::Tokens as usize] = if since < REACH { f64::NAN } else { value };
        }
        raw[Component::Flatline as usize] = self.flatline.push(t, x);
        if let Some(blocks) = &mut self.block_means {
            raw[BLOCK8..BLOCK64].copy_from_slice(&blocks.eight.push(t, normal));
            raw[BLOCK64..].copy_from_slice(&blocks.sixty_four.push(t, normal));
        }
        raw
    }

    /// The nearest earlier runs of samples at sample number `t`, the nearest first, where a component compares with any.
    pub(super) fn matches(&self, t: u64, part: Component) -> Vec<Match> {
        use Component::{
            Block8Dense8, Block8Dense16, Block8Dense32, Block64Dense4, Block64Dense8, Block64Dense16, Dense4,
            Dense16, Dense32, Dense64, Tokens,
        };
        match (part, &self.novelty, &self.block_means) {
            (Dense4 | Dense16 | Dense32 | Dense64, ..) => self.shape.nearest(t, part as usize),
            (Tokens, Some(novelty), _) => novelty.nearest(t, self.rarity.counts()),
            (Block8Dense8 | Block8Dense16 | Block8Dense32, _, Some(blocks)) => {
                blocks.eight.nearest(t, part as usize - BLOCK8)
            }
            (Block64Dense4 | Block64Dense8 | Block64Dense16, _, Some(blocks)) => {
                blocks.sixty_four.nearest(t, part as usize - BLOCK64)
            }
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
        self.novelty.as_ref().is_none_or(|novelty| novelty.samples() == t)
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
fields!(Measures { raw, recent, gap, normaliser, shape, tokeniser, rarity, flatline, [block_means], [novelty] } then check);

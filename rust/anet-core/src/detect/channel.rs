//! All parts of one stream, put together.

use std::sync::Arc;

use crate::detect::combine::Score;
use crate::detect::component::{PARTS, Part};
use crate::detect::explanation::{Explanation, Sight, Stretch};
use crate::detect::normalise::component_scale::{SILENT, Scales};
use crate::detect::normalise::gap::Seam;
use crate::detect::normalise::normaliser::{LARGEST, Normaliser};
use crate::detect::shape::block_means::Blocks;
use crate::detect::shape::flatline::Stillness;
use crate::detect::shape::lag_knn::Neighbours;
use crate::detect::threshold::adaptive_threshold::OwnLine;
use crate::detect::threshold::p_value::PValue;
use crate::detect::tokens::bag_of_tokens::WINDOW;
use crate::detect::tokens::novelty::Words;
use crate::detect::tokens::token_counts::Rarity;
use crate::detect::tokens::tokens::{LAGS, TOKENS, Token, Tokens, WORDS, whole};
use crate::detect::tokens::vocabulary::Vocabulary;
use crate::error::{Result, StateError};
use crate::state::codec::{Reader, Writer};
use anet_simd::Level;

/// Samples that no stream lives to see: a saved state that claims more was not saved.
const LONGEST: u64 = 1 << 62;
/// Rarity looks at so many samples.
const RECENT: usize = 8;
/// Rare tokens in an explanation.
const SIGHTS: usize = 5;
/// The tokens of a bag look back so far.
const REACH: u64 = (WINDOW + LAGS[LAGS.len() - 1]) as u64;
/// Where the values of each part stand among all.
const BLOCK8: usize = Part::Block8Dense8 as usize;
const BLOCK64: usize = Part::Block64Dense4 as usize;

/// What the detector says of one sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Higher is stranger; unbounded.
    pub score: f64,
    /// How often a healthy stream scores so high.
    pub p_value: f64,
    /// Each part on the common scale, in the order of [`Part::ALL`].
    pub parts: [f64; PARTS],
}

/// Which optional parts a detector has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Bags of hashed tokens against their history.
    pub words: bool,
    /// The parts over block means.
    pub long: bool,
    /// The stream raises its own line.
    pub own_line: bool,
}

/// One stream of numbers.
#[derive(Debug, Clone)]
pub struct Channel {
    vocabulary: Arc<Vocabulary>,
    t: u64,
    seam: Seam,
    normaliser: Normaliser,
    neighbours: Neighbours<4>,
    tokens: Tokens,
    rarity: Rarity<RECENT>,
    words: Option<Words>,
    stillness: Stillness,
    long: Option<(Blocks<2>, Blocks<1>)>,
    scales: Scales,
    p_value: PValue,
    raw: [f64; PARTS],
    last: Verdict,
    /// The tokens of the last samples, for whoever asks why.
    recent: [[u16; WORDS]; RECENT],
}

impl Channel {
    /// Has seen nothing.
    pub fn new(vocabulary: Arc<Vocabulary>, options: Options, level: Level) -> Self {
        let early = [Part::Dense4, Part::Dense16, Part::Dense32, Part::Dense64].map(|part| part.prior().0);
        let size = vocabulary.size();
        Self {
            t: 0,
            seam: Seam::new(),
            normaliser: Normaliser::new(),
            neighbours: Neighbours::new(level, [4, 16, 32, 64], 16.0, early),
            tokens: Tokens::new(),
            rarity: Rarity::new(size),
            words: options.words.then(|| Words::new(level, size)),
            stillness: Stillness::new(),
            long: options
                .long
                .then(|| (Blocks::new(level, 8, [8, 16, 32]), Blocks::new(level, 64, [4, 8, 16]))),
            scales: Scales::new(),
            p_value: PValue::new(options.own_line.then(OwnLine::new)),
            raw: Part::ALL.map(|part| part.prior().0),
            last: Verdict { score: 0.0, p_value: 1.0, parts: [0.0; PARTS] },
            recent: [[0; WORDS]; RECENT],
            vocabulary,
        }
    }

    /// A sample is missing. Nothing is learned; only the length of the gap is kept in mind.
    pub fn miss(&mut self) {
        self.seam.miss();
    }

    /// Scores a finite sample by what came before it, then learns it.
    pub fn push(&mut self, x: f64) -> Verdict {
        let x = x.clamp(-LARGEST, LARGEST);
        self.measure(x);
        let parts = self.scales.push(self.t, &self.raw);
        let score = if self.t < SILENT { Score::silent() } else { Score::of(&parts, self.long.is_some()) };
        let p_value = self.p_value.push(self.t, score.short);
        self.t += 1;
        self.last = Verdict { score: score.all, p_value, parts };
        self.last
    }

    /// The parts of the last sample in their own units.
    pub fn raw(&self) -> &[f64; PARTS] {
        &self.raw
    }

    fn measure(&mut self, x: f64) {
        let t = self.t;
        if self.seam.meet()
            && let Some((eight, sixty_four)) = &mut self.long
        {
            eight.cut();
            sixty_four.cut();
        }
        let since = self.seam.since();
        let raw = &mut self.raw;
        let normal = self.normaliser.push(t, x);
        raw[..4].copy_from_slice(&self.neighbours.push(t, since.saturating_add(1), normal.shape));
        let tokens = self.tokens.push(t, normal.token);
        self.recent[(t % RECENT as u64) as usize] = tokens;
        let slots = tokens.map(|token| self.vocabulary.slot(token));
        let counts = self.rarity.counts();
        let logs = self.words.as_ref().map_or_else(|| counts.logs(&slots), |words| words.logs(&slots));
        raw[Part::Rarity as usize] = self.rarity.push(t, &slots, &logs, whole(since));
        if let Some(words) = &mut self.words {
            let novelty = words.push(t, &slots, self.rarity.counts());
            raw[Part::Words as usize] = if since < REACH { f64::NAN } else { novelty };
        }
        raw[Part::Still as usize] = self.stillness.push(t, x);
        if let Some((eight, sixty_four)) = &mut self.long {
            raw[BLOCK8..BLOCK64].copy_from_slice(&eight.push(t, normal));
            raw[BLOCK64..].copy_from_slice(&sixty_four.push(t, normal));
        }
    }

    /// What was said of the last sample.
    pub fn last(&self) -> &Verdict {
        &self.last
    }

    /// Why the last sample has its score.
    pub fn explain(&self) -> Explanation {
        let Verdict { score, p_value, parts } = self.last;
        let silent = self.t <= SILENT;
        let contributions =
            if silent { Vec::new() } else { Score::contributions(&parts, self.long.is_some()) };
        let part = contributions.first().map(|&(part, _)| part);
        let value = |values: &[f64; PARTS]| part.map_or(f64::NAN, |part| values[part as usize]);
        Explanation {
            samples: self.t,
            score,
            p_value,
            part,
            raw: value(&self.raw),
            usual: value(self.scales.means()),
            stretches: part.map_or_else(Vec::new, |part| self.stretches(part)),
            sights: if silent { Vec::new() } else { self.sights() },
            contributions,
        }
    }

    fn stretches(&self, part: Part) -> Vec<Stretch> {
        let t = self.t - 1;
        match (part, &self.words, &self.long) {
            (Part::Dense4 | Part::Dense16 | Part::Dense32 | Part::Dense64, ..) => {
                self.neighbours.nearest(t, part as usize)
            }
            (Part::Words, Some(words), _) => words.nearest(t, self.rarity.counts()),
            (Part::Block8Dense8 | Part::Block8Dense16 | Part::Block8Dense32, _, Some((eight, _))) => {
                eight.nearest(t, part as usize - BLOCK8)
            }
            (Part::Block64Dense4 | Part::Block64Dense8 | Part::Block64Dense16, _, Some((_, sixty_four))) => {
                sixty_four.nearest(t, part as usize - BLOCK64)
            }
            _ => Vec::new(),
        }
    }

    /// The rarest tokens of the last samples; of equals the latest.
    fn sights(&self) -> Vec<Sight> {
        let mut sights = Vec::new();
        for age in 0..self.t.min(RECENT as u64) {
            for &token in &self.recent[((self.t - 1 - age) % RECENT as u64) as usize] {
                let (count, surprise) = self.rarity.counts().of(self.vocabulary.slot(token));
                sights.push(Sight { token: Token::of(token), age, count, surprise });
            }
        }
        sights.sort_by(|a, b| b.surprise.total_cmp(&a.surprise));
        sights.truncate(SIGHTS);
        sights
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.u64(self.t);
        self.raw.iter().for_each(|&value| out.f64(value));
        [self.last.score, self.last.p_value]
            .into_iter()
            .chain(self.last.parts)
            .for_each(|value| out.f64(value));
        self.recent.iter().flatten().for_each(|&token| out.u16(token));
        self.seam.write(out);
        self.normaliser.write(out);
        self.neighbours.write(out);
        self.tokens.write(out);
        self.rarity.write(out);
        self.stillness.write(out);
        self.scales.write(out);
        self.p_value.write(out);
        if let Some((eight, sixty_four)) = &self.long {
            eight.write(out);
            sixty_four.write(out);
        }
        // The largest last: its pages change one at a time, all others with every sample.
        if let Some(words) = &self.words {
            words.write(out);
        }
    }

    /// Reads them back into a fresh one of the same options.
    ///
    /// # Errors
    /// [`StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.t = from.u64()?;
        for value in &mut self.raw {
            *value = from.f64()?;
        }
        if self.t > LONGEST || self.raw.iter().any(|value| value.is_infinite()) {
            return Err(StateError::Field { name: "samples seen" }.into());
        }
        for value in [&mut self.last.score, &mut self.last.p_value].into_iter().chain(&mut self.last.parts) {
            *value = from.f64()?;
        }
        for token in self.recent.iter_mut().flatten() {
            *token = from.u16()?;
        }
        if self.recent.iter().flatten().any(|&token| usize::from(token) >= TOKENS) {
            return Err(StateError::Field { name: "tokens" }.into());
        }
        self.seam.restore(from)?;
        self.normaliser.restore(from)?;
        self.neighbours.restore(from)?;
        self.tokens.restore(from)?;
        self.rarity.restore(from)?;
        self.stillness.restore(from)?;
        self.scales.restore(from)?;
        self.p_value.restore(from)?;
        if let Some((eight, sixty_four)) = &mut self.long {
            eight.restore(from)?;
            sixty_four.restore(from)?;
        }
        let counts = self.rarity.counts();
        self.words.as_mut().map_or(Ok(()), |words| words.restore(self.t, counts, from))
    }
}

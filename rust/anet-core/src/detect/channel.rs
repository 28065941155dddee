//! All parts of one stream, put together.

use std::sync::Arc;

use crate::detect::bag::WINDOW;
use crate::detect::blocks::Blocks;
use crate::detect::neighbours::Neighbours;
use crate::detect::normaliser::{LARGEST, Normaliser};
use crate::detect::own_line::OwnLine;
use crate::detect::p_value::PValue;
use crate::detect::part::{PARTS, Part};
use crate::detect::rarity::Rarity;
use crate::detect::scale::{SILENT, Scales};
use crate::detect::seam::Seam;
use crate::detect::stillness::Stillness;
use crate::detect::tokens::{LAGS, Tokens, whole};
use crate::detect::vocabulary::Vocabulary;
use crate::detect::words::Words;
use crate::error::{Result, StateError};
use crate::kernel::Backend;
use crate::state::{Reader, Writer};

/// Parts are cut here before they are added: no part alone decides.
const CUT: f64 = 5.0;
/// Samples that no stream lives to see: a saved state that claims more was not saved.
const LONGEST: u64 = 1 << 62;
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
    rarity: Rarity<8>,
    words: Option<Words>,
    stillness: Stillness,
    long: Option<(Blocks<2>, Blocks<1>)>,
    scales: Scales,
    p_value: PValue,
    raw: [f64; PARTS],
}

impl Channel {
    /// Has seen nothing.
    pub fn new(vocabulary: Arc<Vocabulary>, options: Options, backend: Backend) -> Self {
        let early = [Part::Dense4, Part::Dense16, Part::Dense32, Part::Dense64].map(|part| part.prior().0);
        let size = vocabulary.size();
        Self {
            t: 0,
            seam: Seam::new(),
            normaliser: Normaliser::new(),
            neighbours: Neighbours::new(backend, [4, 16, 32, 64], 16.0, early),
            tokens: Tokens::new(),
            rarity: Rarity::new(size),
            words: options.words.then(|| Words::new(size)),
            stillness: Stillness::new(),
            long: options
                .long
                .then(|| (Blocks::new(backend, 8, [8, 16, 32]), Blocks::new(backend, 64, [4, 8, 16]))),
            scales: Scales::new(),
            p_value: PValue::new(options.own_line.then(OwnLine::new)),
            raw: Part::ALL.map(|part| part.prior().0),
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
        let (short, score) = if self.t < SILENT { (0.0, 0.0) } else { self.score(&parts) };
        let p_value = self.p_value.push(self.t, short);
        self.t += 1;
        Verdict { score, p_value, parts }
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
        let slots = self.tokens.push(t, normal.token).map(|token| self.vocabulary.slot(token));
        raw[Part::Rarity as usize] = self.rarity.push(t, &slots, whole(since));
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

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        out.u64(self.t);
        self.raw.iter().for_each(|&value| out.f64(value));
        self.seam.write(out);
        self.normaliser.write(out);
        self.neighbours.write(out);
        self.tokens.write(out);
        self.rarity.write(out);
        self.stillness.write(out);
        self.scales.write(out);
        self.p_value.write(out);
        if let Some(words) = &self.words {
            words.write(out);
        }
        if let Some((eight, sixty_four)) = &self.long {
            eight.write(out);
            sixty_four.write(out);
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
        self.seam.restore(from)?;
        self.normaliser.restore(from)?;
        self.neighbours.restore(from)?;
        self.tokens.restore(from)?;
        self.rarity.restore(from)?;
        self.stillness.restore(from)?;
        self.scales.restore(from)?;
        self.p_value.restore(from)?;
        self.words.as_mut().map_or(Ok(()), |words| words.restore(self.t, from))?;
        let Some((eight, sixty_four)) = &mut self.long else { return Ok(()) };
        eight.restore(from)?;
        sixty_four.restore(from)
    }

    /// The score of the short parts, and that of all.
    fn score(&self, parts: &[f64; PARTS]) -> (f64, f64) {
        let z = |part: Part| parts[part as usize];
        let cut = |part: Part| z(part).min(CUT);
        let shape = z(Part::Dense4) + cut(Part::Dense16) + cut(Part::Dense32) + cut(Part::Dense64) / 2.0;
        let short = (shape + cut(Part::Words) + 2.0 * cut(Part::Rarity)).max(z(Part::Still));
        if self.long.is_none() {
            return (short, short);
        }
        let eight = 0.8
            * (cut(Part::Block8Dense8) + cut(Part::Block8Dense16) + cut(Part::Block8Dense32) / 2.0)
            + 2.0 * cut(Part::Block8Rarity)
            - 1.0;
        let sixty_four = 1.3
            * (cut(Part::Block64Dense4)
                + cut(Part::Block64Dense8)
                + cut(Part::Block64Dense16) / 2.0
                + cut(Part::Block64Rarity))
            - 2.0;
        (short, short.max(eight).max(sixty_four))
    }
}

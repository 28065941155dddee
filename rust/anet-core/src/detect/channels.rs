//! All channels of a sample, and what they say together.

use crate::detect::channel::{Channel, ChannelScore};
use crate::detect::detection::Detection;
use crate::detect::joint::Joint;
use crate::detect::settings::{DetectorOptions, DetectorSettings, Missing, Seasons};
use crate::detect::silence::{Silence, Telling};
use crate::detect::tokens::Vocabulary;
use crate::error::Result;
use crate::state::{Fields, Reader, Writer};
use anet_simd::Level;

/// A detector a channel, one of all together where it was asked for, and their silences.
#[derive(Debug, Clone)]
pub(super) struct Channels {
    telling: Telling,
    pub(super) all: Vec<Channel>,
    pub(super) joint: Option<Joint>,
    silences: Vec<Silence>,
}

impl Channels {
    /// Have seen nothing.
    pub(super) fn new(level: Level, settings: &DetectorSettings) -> Self {
        let vocabulary = Vocabulary::shared(&settings.seed);
        let count = settings.channels.get();
        let plain = DetectorSettings {
            options: DetectorOptions { tokens: false, long: false, ..settings.options },
            season: Seasons::none(),
            change: Default::default(),
            ..settings.clone()
        };
        let joint = (settings.joint && count > 1)
            .then(|| Joint::new(count, Channel::new(vocabulary.clone(), &plain, level)));
        let telling = match (settings.missing, count) {
            (Missing::Skip, 1) => Telling::Never,
            (Missing::Skip, _) => Telling::Dead,
            (Missing::Flag, 1) => Telling::Each,
            (Missing::Flag, _) => Telling::First,
        };
        let channel = Channel::new(vocabulary, settings, level);
        Self { telling, all: vec![channel; count], joint, silences: vec![Silence::default(); count] }
    }

    /// Scores that are compared: a p-value is the least of so many.
    pub(super) fn count(&self) -> usize {
        self.all.len() + usize::from(self.joint.is_some())
    }

    /// Scores a sample of one number a channel, then learns it.
    pub(super) fn push(&mut self, sample: &[f64]) -> Detection {
        let mut worst = Detection::nothing();
        let mut score = f64::NAN;
        let mut silent = None;
        let mut take = |channel: usize, found: ChannelScore, joint: bool| {
            score = found.score.max(score);
            worst.compare(channel, &found, joint);
        };
        for (i, (channel, &x)) in self.all.iter_mut().zip(sample).enumerate() {
            if let Some(found) = channel.push(x) {
                take(i, found, false);
            }
            if self.silences[i].push(x.is_finite(), self.telling) {
                silent = silent.or(Some(i));
            }
        }
        if let Some(found) = self.push_joint(sample) {
            take(self.strongest(), found, true);
        }
        match silent {
            Some(channel) => Detection::flagged(channel),
            None => Detection { score, p_value: of_all(worst.p_value, self.count()), ..worst },
        }
    }

    fn push_joint(&mut self, sample: &[f64]) -> Option<ChannelScore> {
        let joint = self.joint.as_mut()?;
        if sample.iter().all(|x| x.is_finite()) {
            let normal: Vec<f64> = self.all.iter().map(Channel::normal).collect();
            joint.push(&normal)
        } else {
            joint.missing();
            None
        }
    }

    /// The channel that adds most to how unusual they are together.
    pub(super) fn strongest(&self) -> usize {
        self.joint.as_ref().map_or(0, Joint::strongest)
    }
}

/// The p-value of the least of so many (Bonferroni).
pub(super) fn of_all(p_value: f64, count: usize) -> f64 {
    (p_value * count as f64).clamp(0.0, 1.0)
}

impl Fields for Channels {
    fn save(&self, out: &mut Writer) {
        for (channel, silence) in self.all.iter().zip(&self.silences) {
            silence.save(out);
            channel.save(out);
            out.page_break();
        }
        self.joint.iter().for_each(|joint| joint.save(out));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        for (channel, silence) in self.all.iter_mut().zip(&mut self.silences) {
            silence.load(from)?;
            channel.load(from)?;
        }
        self.joint.iter_mut().try_for_each(|joint| joint.load(from))
    }
}

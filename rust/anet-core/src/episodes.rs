//! From p-values to episodes: runs of alarming samples, each one notice to a person.

use crate::error::{Error, Result, StateError};
use crate::params::finite;
use crate::state::{Fields, Kind, Reader, State, Writer, fields};

/// When a sample is alarming, and when two of them are one episode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EpisodeRule {
    threshold: f64,
    merge: u64,
    cooldown: u64,
}

/// A run of alarming samples. Sample numbers count from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Episode {
    /// The first alarming sample.
    pub start: u64,
    /// The sample with the smallest p-value; the first of them.
    pub peak: u64,
    /// That p-value.
    pub p_value: f64,
    /// The last alarming sample, once the episode is over.
    pub end: Option<u64>,
}

/// Turns p-values, one a sample, into episodes.
///
/// A sample is alarming where p ≤ threshold. Alarming samples fewer than `merge` apart belong to one episode, which is over
/// once no further sample can belong to it. For `cooldown` samples after its end no new episode begins.
/// A NaN is a sample that nothing is known of: time passes.
///
/// ```
/// use anet_core::{EpisodeRule, Episodes};
/// let mut episodes = Episodes::new(EpisodeRule::new(1e-4, 3, 0).unwrap());
/// let p_values = [1.0, 1e-5, 1e-9, 1.0, 1e-5, 1.0, 1.0, 1.0];
/// let found: Vec<_> = p_values.iter().filter_map(|&p| episodes.push(p)).collect();
/// assert_eq!((found[0].start, found[0].end), (1, None));
/// assert_eq!((found[1].start, found[1].peak, found[1].end), (1, 2, Some(4)));
/// ```
#[derive(Debug, Clone)]
pub struct Episodes {
    rule: EpisodeRule,
    samples: u64,
    open: Option<OpenEpisode>,
    quiet_until: u64,
}

/// An episode that goes on.
#[derive(Debug, Clone, Copy, Default)]
struct OpenEpisode {
    start: u64,
    peak: u64,
    p_value: f64,
    /// The last alarming sample so far.
    last: u64,
}

impl EpisodeRule {
    /// # Errors
    /// [`Error::OutOfDomain`] for a threshold that is no probability, and for `merge` below 2.
    pub fn new(threshold: f64, merge: u32, cooldown: u32) -> Result<Self> {
        if !(0.0..=1.0).contains(&finite("threshold", threshold)?) {
            return Err(Error::float("threshold", "from 0 to 1", threshold));
        }
        if merge < 2 {
            return Err(Error::integer("merge", "from 2 to 4294967295", merge.into()));
        }
        Ok(Self { threshold, merge: merge.into(), cooldown: cooldown.into() })
    }

    /// The largest alarming p-value.
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    /// Alarming samples fewer than this apart are one episode.
    pub fn merge(&self) -> u64 {
        self.merge
    }

    /// Samples after an episode in which none begins.
    pub fn cooldown(&self) -> u64 {
        self.cooldown
    }

    fn check(&mut self) -> Result<()> {
        let samples = |name, value| u32::try_from(value).map_err(|_| StateError::Field { name });
        *self =
            Self::new(self.threshold, samples("merge", self.merge)?, samples("cooldown", self.cooldown)?)?;
        Ok(())
    }
}

impl Episodes {
    /// Has seen nothing.
    pub fn new(rule: EpisodeRule) -> Self {
        Self { rule, samples: 0, open: None, quiet_until: 0 }
    }

    /// The rule.
    pub fn rule(&self) -> EpisodeRule {
        self.rule
    }

    /// The episode that goes on.
    pub fn open(&self) -> Option<Episode> {
        self.open.map(|open| open.episode(None))
    }

    /// Takes the p-value of the next sample. Gives an episode when it begins, without an end, and when it is over.
    pub fn push(&mut self, p_value: f64) -> Option<Episode> {
        let t = self.samples;
        self.samples += 1;
        let alarming = p_value <= self.rule.threshold;
        match &mut self.open {
            Some(open) if alarming => {
                open.extend(t, p_value);
                None
            }
            // The next sample would be too late to belong to it.
            Some(open) if t + 1 - open.last >= self.rule.merge => self.finish(),
            None if alarming && t >= self.quiet_until => Some(self.begin(t, p_value)),
            _ => None,
        }
    }

    /// Ends the episode that goes on, as at the end of a stream.
    pub fn finish(&mut self) -> Option<Episode> {
        let open = self.open.take()?;
        self.quiet_until = (open.last + 1).saturating_add(self.rule.cooldown);
        Some(open.episode(Some(open.last)))
    }

    fn begin(&mut self, t: u64, p_value: f64) -> Episode {
        let open = OpenEpisode { start: t, peak: t, p_value, last: t };
        self.open = Some(open);
        open.episode(None)
    }

    fn check(&mut self) -> Result<()> {
        if self.open.is_some_and(|open| open.last >= self.samples) {
            return Err(StateError::Field { name: "samples" }.into());
        }
        Ok(())
    }
}

impl OpenEpisode {
    fn episode(self, end: Option<u64>) -> Episode {
        Episode { start: self.start, peak: self.peak, p_value: self.p_value, end }
    }

    fn extend(&mut self, t: u64, p_value: f64) {
        self.last = t;
        if p_value < self.p_value {
            (self.peak, self.p_value) = (t, p_value);
        }
    }
}

fields!(EpisodeRule { threshold, merge, cooldown } then check);
fields!(Episodes { rule, samples, quiet_until, open } then check);
fields!(OpenEpisode { start, peak, p_value, last });

impl State for Episodes {
    const KIND: Kind = Kind::Episodes;

    fn write(&self, out: &mut Writer) {
        self.save(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut episodes = Self::new(EpisodeRule { threshold: 0.0, merge: 2, cooldown: 0 });
        episodes.load(from)?;
        Ok(episodes)
    }
}

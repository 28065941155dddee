//! From points beyond a threshold to episodes that a person is told of once.

use crate::error::{Error, Result, StateError};
use crate::params::finite;
use crate::state::codec::{Kind, Reader, State, Writer};

/// When an alarm is raised, and when two of them are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
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
/// once no further sample can belong to it. For `cooldown` samples after its end nothing new is raised.
/// A NaN is a sample that nothing is known of: time passes.
///
/// ```
/// use anet_core::episodes::{Alarms, Rule};
/// let mut alarms = Alarms::new(Rule::new(1e-4, 3, 0).unwrap());
/// let p_values = [1.0, 1e-5, 1e-9, 1.0, 1e-5, 1.0, 1.0, 1.0];
/// let told: Vec<_> = p_values.iter().filter_map(|&p| alarms.push(p)).collect();
/// assert_eq!((told[0].start, told[0].end), (1, None));
/// assert_eq!((told[1].start, told[1].peak, told[1].end), (1, 2, Some(4)));
/// ```
#[derive(Debug, Clone)]
pub struct Alarms {
    rule: Rule,
    samples: u64,
    open: Option<Open>,
    quiet_until: u64,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    episode: Episode,
    last: u64,
}

impl Rule {
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

    /// Samples after an episode in which nothing new is raised.
    pub fn cooldown(&self) -> u64 {
        self.cooldown
    }
}

impl Alarms {
    /// Has seen nothing.
    pub fn new(rule: Rule) -> Self {
        Self { rule, samples: 0, open: None, quiet_until: 0 }
    }

    /// The rule.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The episode that goes on.
    pub fn open(&self) -> Option<Episode> {
        self.open.map(|open| open.episode)
    }

    /// Takes the p-value of the next sample. Tells of an episode when it begins, without an end, and when it is over.
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
        let Open { mut episode, last } = self.open.take()?;
        episode.end = Some(last);
        self.quiet_until = (last + 1).saturating_add(self.rule.cooldown);
        Some(episode)
    }

    fn begin(&mut self, t: u64, p_value: f64) -> Episode {
        let episode = Episode { start: t, peak: t, p_value, end: None };
        self.open = Some(Open { episode, last: t });
        episode
    }
}

impl Open {
    fn extend(&mut self, t: u64, p_value: f64) {
        self.last = t;
        if p_value < self.episode.p_value {
            (self.episode.peak, self.episode.p_value) = (t, p_value);
        }
    }
}

impl State for Alarms {
    const KIND: Kind = Kind::Alarms;

    fn write(&self, out: &mut Writer) {
        out.f64(self.rule.threshold);
        [self.rule.merge, self.rule.cooldown, self.samples, self.quiet_until]
            .into_iter()
            .for_each(|n| out.u64(n));
        out.u8(self.open.is_some().into());
        if let Some(Open { episode, last }) = self.open {
            [episode.start, episode.peak, last].into_iter().for_each(|t| out.u64(t));
            out.f64(episode.p_value);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let (threshold, merge, cooldown) = (from.f64()?, from.u64()?, from.u64()?);
        let samples = |name, value| u32::try_from(value).map_err(|_| StateError::Field { name });
        let rule = Rule::new(threshold, samples("merge", merge)?, samples("cooldown", cooldown)?)?;
        let (samples, quiet_until) = (from.u64()?, from.u64()?);
        let open = if from.u8()? == 0 { None } else { Some(Open::read(from)?) };
        if samples > u64::MAX / 2 || open.is_some_and(|open| open.last >= samples) {
            return Err(StateError::Field { name: "samples" }.into());
        }
        Ok(Self { rule, samples, open, quiet_until })
    }
}

impl Open {
    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let (start, peak, last) = (from.u64()?, from.u64()?, from.u64()?);
        let episode = Episode { start, peak, p_value: from.f64()?, end: None };
        Ok(Self { episode, last })
    }
}

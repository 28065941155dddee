//! What a detector is made from.

use crate::detect::change::Change;
use crate::error::{Error, Result};
use crate::names::Names;
use crate::params::Seed;
use crate::state::{Fields, Reader, Writer, fields};

/// Numbers in a sample: from 1 to 1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelCount(usize);

impl ChannelCount {
    /// Each channel takes up to 300 kB: the bound keeps a slip of the pen from taking all memory.
    pub const MAX: usize = 1024;

    /// One number a sample.
    pub const ONE: Self = Self(1);

    /// The number.
    pub fn get(self) -> usize {
        self.0
    }
}

/// Fails with [`Error::OutOfDomain`] below 1 and above [`ChannelCount::MAX`].
impl TryFrom<usize> for ChannelCount {
    type Error = Error;

    fn try_from(value: usize) -> Result<Self> {
        match value {
            1..=Self::MAX => Ok(Self(value)),
            _ => Err(Error::integer("channels", "from 1 to 1024", value as u64)),
        }
    }
}

/// Periods of a stream, in samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seasons(Vec<usize>);

impl Seasons {
    /// The most periods of one stream.
    pub const MOST: usize = 8;
    /// The longest period: a year of five-minute samples.
    pub const LONGEST: usize = 105_120;

    /// None is known.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// The periods.
    pub fn periods(&self) -> &[usize] {
        &self.0
    }
}

/// Fails with [`Error::OutOfDomain`] where there are more than [`Seasons::MOST`], or one is not from 2 to [`Seasons::LONGEST`].
impl TryFrom<Vec<usize>> for Seasons {
    type Error = Error;

    fn try_from(periods: Vec<usize>) -> Result<Self> {
        if periods.len() > Self::MOST {
            return Err(Error::integer("season", "at most 8 periods", periods.len() as u64));
        }
        match periods.iter().find(|period| !(2..=Self::LONGEST).contains(period)) {
            Some(&period) => Err(Error::integer("season", "from 2 to 105120 samples", period as u64)),
            None => Ok(Self(periods)),
        }
    }
}

impl Fields for Seasons {
    fn save(&self, out: &mut Writer) {
        out.count(self.0.len());
        self.0.iter().for_each(|&period| out.u64(period as u64));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let count = from.count(size_of::<u64>())?;
        let periods: Result<Vec<usize>> =
            (0..count).map(|_| Ok(usize::try_from(from.u64()?).unwrap_or(usize::MAX))).collect();
        *self = Self::try_from(periods?)?;
        Ok(())
    }
}

/// What a sample that is not finite means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nothing was measured: the score is NaN.
    Skip,
    /// Something is wrong: the score is infinite, the p-value 0.
    Flag,
}

/// Which optional parts a detector has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DetectorOptions {
    /// The component [`crate::Component::Tokens`]: bags of hashed tokens against those of the past.
    pub tokens: bool,
    /// The components that look back further than 1024 samples: means of 2, 8 and 64 samples, and a season that is looked for.
    pub long: bool,
    /// Whether a stream that often scores high raises its own alarm threshold.
    pub adaptive_threshold: bool,
}

/// Everything that a detector is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct DetectorSettings {
    /// Key of the hash.
    pub seed: Seed,
    /// Optional parts.
    pub options: DetectorOptions,
    /// Periods that somebody knows; none where they are to be looked for.
    pub season: Seasons,
    /// First samples that are learned and not judged; at least 64 are.
    pub warm_up: u64,
    /// Whether samples are judged, or how they change.
    pub change: Change,
    /// Whether all channels are judged together, too.
    pub joint: bool,
    /// Numbers in a sample.
    pub channels: ChannelCount,
    /// What the channels are called, where they have names.
    pub names: Names,
    /// What a sample that is not finite means.
    pub missing: Missing,
}

impl Default for DetectorSettings {
    fn default() -> Self {
        Self {
            seed: Seed::try_from("rh_sparse").expect("nine bytes"),
            options: DetectorOptions { tokens: true, long: true, adaptive_threshold: true },
            season: Seasons::none(),
            warm_up: 0,
            change: Change::Level,
            joint: false,
            channels: ChannelCount::ONE,
            names: Names::none(),
            missing: Missing::Skip,
        }
    }
}

impl DetectorSettings {
    /// Each setting by its name in Python, and its value.
    pub(crate) fn named(&self) -> Vec<(&'static str, String)> {
        let DetectorOptions { tokens, long, adaptive_threshold } = self.options;
        let channels = if self.names.is_empty() {
            self.channels.get().to_string()
        } else {
            format!("{:?}", self.names.as_slice())
        };
        vec![
            ("seed", format!("{:?}", self.seed.get())),
            ("tokens", tokens.to_string()),
            ("long", long.to_string()),
            ("adaptive_threshold", adaptive_threshold.to_string()),
            ("season", format!("{:?}", self.season.periods())),
            ("warmup", self.warm_up.to_string()),
            ("difference", (self.change == Change::Difference).to_string()),
            ("counter", (self.change == Change::Counter).to_string()),
            ("joint", self.joint.to_string()),
            ("missing", format!("{:?}", self.missing).to_lowercase()),
            ("channels", channels),
        ]
    }

    fn check(&mut self) -> Result<()> {
        self.names.check_count(self.channels.get())
    }
}

fields!(DetectorSettings { seed, options, season, warm_up, change, joint, missing, channels, names } then check);
fields!(DetectorOptions { tokens, long, adaptive_threshold });

impl Fields for Missing {
    fn save(&self, out: &mut Writer) {
        (*self == Self::Flag).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut flag = false;
        flag.load(from)?;
        *self = if flag { Self::Flag } else { Self::Skip };
        Ok(())
    }
}

impl Fields for ChannelCount {
    fn save(&self, out: &mut Writer) {
        (self.0 as u64).save(out);
    }

    /// No channel takes less than a byte: a forged number is refused before anything is allocated for it.
    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = Self::try_from(from.count(1)?)?;
        Ok(())
    }
}

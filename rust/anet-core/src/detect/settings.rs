//! What a detector is made from.

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
    /// The components over means of 8 and of 64 samples.
    pub block_means: bool,
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
            options: DetectorOptions { tokens: true, block_means: true, adaptive_threshold: true },
            channels: ChannelCount::ONE,
            names: Names::none(),
            missing: Missing::Skip,
        }
    }
}

impl DetectorSettings {
    fn check(&mut self) -> Result<()> {
        self.names.check_count(self.channels.get())
    }
}

fields!(DetectorSettings { seed, options, missing, channels, names } then check);
fields!(DetectorOptions { tokens, block_means, adaptive_threshold });

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

//! A detector that learns nothing for good.

use crate::detect::channels::Channels;
use crate::detect::detection::Detection;
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// Newest samples that a frozen detector goes by, at least and at most.
const LEAST: usize = 64;
const MOST: usize = 128;

/// What was known at the freeze, and the newest samples since.
#[derive(Debug, Clone)]
pub(super) struct Frozen {
    known: Channels,
    /// One number a channel and a sample.
    newest: Vec<f64>,
}

impl Frozen {
    pub(super) fn new(known: Channels) -> Self {
        Self { known, newest: Vec::new() }
    }

    /// Scores a sample by what was known and by the newest samples; `working` has learned those, and from time to time no others.
    pub(super) fn push(&mut self, working: &mut Channels, sample: &[f64]) -> Detection {
        if self.newest.len() == MOST * sample.len() {
            self.newest.drain(..(MOST - LEAST) * sample.len());
            *working = self.replayed();
        }
        self.newest.extend_from_slice(sample);
        working.push(sample)
    }

    /// What was known, and the newest samples.
    pub(super) fn replayed(&self) -> Channels {
        let mut channels = self.known.clone();
        let width = channels.all.len();
        self.newest.chunks_exact(width).for_each(|sample| _ = channels.push(sample));
        channels
    }
}

impl Fields for Frozen {
    fn save(&self, out: &mut Writer) {
        self.newest.save(out);
        self.known.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.newest.load(from)?;
        self.known.load(from)?;
        let width = self.known.all.len();
        if self.newest.len() <= MOST * width && self.newest.len().is_multiple_of(width) {
            Ok(())
        } else {
            Err(StateError::Field { name: "samples since the freeze" }.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::detect::{DetectorSettings, StreamDetector};

    #[test]
    fn goes_by_what_was_known_and_by_the_newest_samples_alone() {
        let wave = |t: u32| [f64::from(t % 20) + f64::from(t * t % 7) / 10.0];
        let mut frozen = StreamDetector::new(DetectorSettings::default());
        (0..400).for_each(|t| _ = frozen.push(&wave(t)));
        let mut plain = frozen.clone();
        frozen.freeze();
        // At 128 samples 64 are kept: of 300 the last 108.
        let odd = |t: u32| [100.0 + f64::from(t % 3)];
        (0..299).for_each(|t| _ = frozen.push(&odd(t)));
        (192..299).for_each(|t| _ = plain.push(&odd(t)));
        let (found, wanted) = (frozen.push(&odd(299)).unwrap(), plain.push(&odd(299)).unwrap());
        assert_eq!((found.score, found.p_value, found.parts), (wanted.score, wanted.p_value, wanted.parts));
    }
}

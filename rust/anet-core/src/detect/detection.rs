//! What a detector answers.

use crate::detect::channel::ChannelScore;
use crate::detect::component::COMPONENTS;

/// A detector's answer to one sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The highest score of any channel.
    pub score: f64,
    /// The smallest p-value of any channel times the number of channels, at most 1.
    pub p_value: f64,
    /// Whether the score of that channel is beyond the ordinary threshold and only its own habits keep it from alarming.
    pub held: bool,
    /// What the number of that channel should have been, by what came before it; NaN during the warm-up.
    pub expected: f64,
    /// The channel with that p-value; between equals the one with the higher score.
    pub channel: usize,
    /// Whether it is all channels together that are unusual; `channel` then adds most to it.
    pub joint: bool,
    /// The components of that channel in deviations, in the order of [`crate::Component::ALL`].
    pub parts: [f64; COMPONENTS],
}

impl Detection {
    /// Of a sample in which nothing was measured.
    pub(super) fn nothing() -> Self {
        Self {
            score: f64::NAN,
            p_value: f64::NAN,
            held: false,
            expected: f64::NAN,
            channel: 0,
            joint: false,
            parts: [f64::NAN; COMPONENTS],
        }
    }

    /// Of a sample whose channel number `channel` is missing where that is an event.
    pub(super) fn flagged(channel: usize) -> Self {
        Self { score: f64::INFINITY, p_value: 0.0, channel, ..Self::nothing() }
    }

    /// Takes the score of a channel where it is stranger than what stands.
    pub(super) fn compare(&mut self, channel: usize, found: &ChannelScore, joint: bool) {
        let (p_value, score) = (found.p_value, found.score);
        let worse = p_value < self.p_value || (p_value == self.p_value && score > self.score);
        if self.p_value.is_nan() || worse {
            let &ChannelScore { held, expected, parts, .. } = found;
            *self = Self { score, p_value, held, expected, channel, joint, parts };
        }
    }
}

//! What made the newest sample strange, as data; the words are Python's.

use crate::detect::component::Component;
use crate::detect::event::Event;
use crate::detect::neighbour::Match;
use crate::detect::tokens::Token;

/// A token of one of the last samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RareToken {
    /// The token.
    pub token: Token,
    /// How many samples before the newest one.
    pub age: u64,
    /// How often it was counted, this time included; old counts fade.
    pub count: f64,
    /// ln((N + 1) / (count + ½)).
    pub surprise: f64,
}

/// Why the newest sample has its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The channel it is about.
    pub channel: usize,
    /// Whether it is about how all channels lie together; `channel` then adds most to that.
    pub joint: bool,
    /// Samples learned so far.
    pub samples: u64,
    /// The score.
    pub score: f64,
    /// The p-value.
    pub p_value: f64,
    /// The component that adds most to the score; none during the warm-up.
    pub part: Option<Component>,
    /// What each component of the largest sum adds, the most first.
    pub contributions: Vec<(Component, f64)>,
    /// The value of that component in its own units.
    pub raw: f64,
    /// The mean of that value so far.
    pub usual: f64,
    /// The nearest matches in the past, where the component looks for any; the nearest first.
    pub matches: Vec<Match>,
    /// The rarest tokens of the last samples; the rarest first.
    pub rare_tokens: Vec<RareToken>,
    /// What the newest samples look like to a person; none during the warm-up.
    pub event: Option<Event>,
}

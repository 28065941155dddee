//! The components of the score, their names and where their scales start.

/// How many components there are.
pub(crate) const COMPONENTS: usize = Component::ALL.len();
/// How many of them, the first ones, have a scale of their own; the others are deviations as they come.
pub(crate) const SCALED: usize = Component::Drift as usize;

/// One thing that can be strange about a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// The last 4 samples have no near match among the lag vectors of the last 1024.
    Dense4,
    /// The last 16 samples have none.
    Dense16,
    /// The last 32 samples have none.
    Dense32,
    /// The last 64 samples have none.
    Dense64,
    /// The bag of hashed tokens of the last 16 samples has no near match.
    Tokens,
    /// The tokens of the last 8 samples are rare.
    Rarity,
    /// The stream moves less than it used to: a flatline.
    Flatline,
    /// The last 8 means over 8 samples have no near match among the last 1024.
    Block8Dense8,
    /// The last 16 means over 8 samples have none.
    Block8Dense16,
    /// The last 32 means over 8 samples have none.
    Block8Dense32,
    /// The tokens of means over 8 samples are rare.
    Block8Rarity,
    /// The last 4 means over 64 samples have no near match among the last 1024.
    Block64Dense4,
    /// The last 8 means over 64 samples have none.
    Block64Dense8,
    /// The last 16 means over 64 samples have none.
    Block64Dense16,
    /// The tokens of means over 64 samples are rare.
    Block64Rarity,
    /// The last 16 means over 2 samples have no near match among the last 4096.
    Block2Dense16,
    /// The last 32 means over 2 samples have none.
    Block2Dense32,
    /// The newest sample is far from its forecast.
    Residual1,
    /// The last 8 samples were far from their forecasts.
    Residual8,
    /// The last 16 samples were.
    Residual16,
    /// The last 32 samples were.
    Residual32,
    /// The last 32 samples lie on one side of the season.
    Season32,
    /// The last 128 samples lie on one side of the season.
    Season128,
    /// The mean of many samples is not what it was: a slow change.
    Drift,
    /// The stream steps less than it did.
    Fall,
    /// The last 1, 4, 16 or 64 samples are unusual for their place of a season that was given.
    Place,
}

impl Component {
    /// All components, in the order of every array of components.
    pub const ALL: [Self; 26] = [
        Self::Dense4,
        Self::Dense16,
        Self::Dense32,
        Self::Dense64,
        Self::Tokens,
        Self::Rarity,
        Self::Flatline,
        Self::Block8Dense8,
        Self::Block8Dense16,
        Self::Block8Dense32,
        Self::Block8Rarity,
        Self::Block64Dense4,
        Self::Block64Dense8,
        Self::Block64Dense16,
        Self::Block64Rarity,
        Self::Block2Dense16,
        Self::Block2Dense32,
        Self::Residual1,
        Self::Residual8,
        Self::Residual16,
        Self::Residual32,
        Self::Season32,
        Self::Season128,
        Self::Drift,
        Self::Fall,
        Self::Place,
    ];

    /// The name that a user reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dense4 => "d4",
            Self::Dense16 => "d16",
            Self::Dense32 => "d32",
            Self::Dense64 => "d64",
            Self::Tokens => "tokens",
            Self::Rarity => "rarity",
            Self::Flatline => "flatline",
            Self::Block8Dense8 => "b8_d8",
            Self::Block8Dense16 => "b8_d16",
            Self::Block8Dense32 => "b8_d32",
            Self::Block8Rarity => "b8_rarity",
            Self::Block64Dense4 => "b64_d4",
            Self::Block64Dense8 => "b64_d8",
            Self::Block64Dense16 => "b64_d16",
            Self::Block64Rarity => "b64_rarity",
            Self::Block2Dense16 => "b2_d16",
            Self::Block2Dense32 => "b2_d32",
            Self::Residual1 => "r1",
            Self::Residual8 => "r8",
            Self::Residual16 => "r16",
            Self::Residual32 => "r32",
            Self::Season32 => "season32",
            Self::Season128 => "season128",
            Self::Drift => "drift",
            Self::Fall => "fall",
            Self::Place => "place",
        }
    }

    /// Samples in a block: 1 for the components of single samples.
    pub fn block(self) -> u64 {
        match self {
            Self::Block2Dense16 | Self::Block2Dense32 => 2,
            Self::Block8Dense8 | Self::Block8Dense16 | Self::Block8Dense32 | Self::Block8Rarity => 8,
            Self::Block64Dense4 | Self::Block64Dense8 | Self::Block64Dense16 | Self::Block64Rarity => 64,
            _ => 1,
        }
    }

    /// Samples that it looks at together.
    pub(crate) fn reach(self) -> u64 {
        let blocks = match self {
            Self::Residual1 | Self::Block64Rarity => 1,
            Self::Block8Rarity => 2,
            Self::Dense4 | Self::Block64Dense4 => 4,
            Self::Rarity | Self::Residual8 | Self::Block8Dense8 | Self::Block64Dense8 => 8,
            Self::Dense16
            | Self::Tokens
            | Self::Flatline
            | Self::Residual16
            | Self::Block2Dense16
            | Self::Block8Dense16
            | Self::Block64Dense16 => 16,
            Self::Dense32 | Self::Residual32 | Self::Season32 | Self::Block2Dense32 | Self::Block8Dense32 => {
                32
            }
            Self::Dense64 | Self::Place => 64,
            Self::Season128 | Self::Fall => 128,
            Self::Drift => 1024,
        };
        blocks * self.block()
    }

    /// Mean and deviation that its scale starts from, in its own units.
    ///
    /// They are round numbers near what healthy series give; fitted on the development halves of the sets that
    /// `make detection` scores (2026-11-24). A short series with a quiet start loses much without them. The mean is also the
    /// value before there is one, except that lag vectors of block means then stand at 0.4.
    pub(crate) fn prior(self) -> (f64, f64) {
        match self {
            Self::Dense4 => (0.2, 0.2),
            Self::Dense16 => (0.35, 0.3),
            Self::Dense32 => (0.45, 0.3),
            Self::Dense64 => (0.5, 0.3),
            Self::Tokens => (0.15, 0.1),
            Self::Rarity | Self::Block8Rarity | Self::Block64Rarity => (1.5, 0.7),
            Self::Flatline => (1.0, 2.0),
            Self::Block8Dense8
            | Self::Block8Dense16
            | Self::Block8Dense32
            | Self::Block64Dense4
            | Self::Block64Dense8
            | Self::Block64Dense16 => (0.6, 0.3),
            Self::Block2Dense16 => (0.45, 0.3),
            Self::Block2Dense32 => (0.5, 0.3),
            Self::Residual1 | Self::Residual8 | Self::Residual16 | Self::Residual32 => (0.4, 0.3),
            Self::Season32 | Self::Season128 => (0.3, 0.3),
            // Deviations already.
            Self::Drift | Self::Fall | Self::Place => (0.0, 1.0),
        }
    }
}

//! The parts of the score, their names and where their scales start.

/// How many parts there are.
pub const PARTS: usize = Part::ALL.len();

/// One thing that can be strange about a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The last 4 samples have no like among the lag vectors of the last 1024.
    Dense4,
    /// The last 16.
    Dense16,
    /// The last 32.
    Dense32,
    /// The last 64.
    Dense64,
    /// The bag of hashed tokens of the last 16 samples has no like.
    Words,
    /// The tokens of the last 8 samples are rare.
    Rarity,
    /// The stream moves less than it used to.
    Still,
    /// The last 8 means over 8 samples have no like among the last 1024.
    Block8Dense8,
    /// The last 16.
    Block8Dense16,
    /// The last 32.
    Block8Dense32,
    /// The tokens of means over 8 samples are rare.
    Block8Rarity,
    /// The last 4 means over 64 samples have no like among the last 1024.
    Block64Dense4,
    /// The last 8.
    Block64Dense8,
    /// The last 16.
    Block64Dense16,
    /// The tokens of means over 64 samples are rare.
    Block64Rarity,
}

impl Part {
    /// All parts, in the order of every array of parts.
    pub const ALL: [Self; 15] = [
        Self::Dense4,
        Self::Dense16,
        Self::Dense32,
        Self::Dense64,
        Self::Words,
        Self::Rarity,
        Self::Still,
        Self::Block8Dense8,
        Self::Block8Dense16,
        Self::Block8Dense32,
        Self::Block8Rarity,
        Self::Block64Dense4,
        Self::Block64Dense8,
        Self::Block64Dense16,
        Self::Block64Rarity,
    ];

    /// The name that a user reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dense4 => "d4",
            Self::Dense16 => "d16",
            Self::Dense32 => "d32",
            Self::Dense64 => "d64",
            Self::Words => "words",
            Self::Rarity => "rarity",
            Self::Still => "still",
            Self::Block8Dense8 => "b8_d8",
            Self::Block8Dense16 => "b8_d16",
            Self::Block8Dense32 => "b8_d32",
            Self::Block8Rarity => "b8_rarity",
            Self::Block64Dense4 => "b64_d4",
            Self::Block64Dense8 => "b64_d8",
            Self::Block64Dense16 => "b64_d16",
            Self::Block64Rarity => "b64_rarity",
        }
    }

    /// Samples in a block: 1 for the short parts.
    pub fn block(self) -> u64 {
        match self {
            Self::Block8Dense8 | Self::Block8Dense16 | Self::Block8Dense32 | Self::Block8Rarity => 8,
            Self::Block64Dense4 | Self::Block64Dense8 | Self::Block64Dense16 | Self::Block64Rarity => 64,
            _ => 1,
        }
    }

    /// Samples that it looks at as one stretch.
    pub fn reach(self) -> u64 {
        let blocks = match self {
            Self::Dense4 | Self::Block64Dense4 => 4,
            Self::Rarity | Self::Block8Dense8 | Self::Block64Dense8 => 8,
            Self::Dense16 | Self::Words | Self::Still | Self::Block8Dense16 | Self::Block64Dense16 => 16,
            Self::Dense32 | Self::Block8Dense32 => 32,
            Self::Dense64 => 64,
            Self::Block8Rarity => 2,
            Self::Block64Rarity => 1,
        };
        blocks * self.block()
    }

    /// Mean and deviation that its scale starts from. The mean is also its value before it can be computed
    /// (except that a long shape then stands at 0.4).
    pub fn prior(self) -> (f64, f64) {
        match self {
            Self::Dense4 => (0.2, 0.2),
            Self::Dense16 => (0.35, 0.3),
            Self::Dense32 => (0.45, 0.3),
            Self::Dense64 => (0.5, 0.3),
            Self::Words => (0.15, 0.1),
            Self::Rarity | Self::Block8Rarity | Self::Block64Rarity => (1.5, 0.7),
            Self::Still => (1.0, 2.0),
            Self::Block8Dense8
            | Self::Block8Dense16
            | Self::Block8Dense32
            | Self::Block64Dense4
            | Self::Block64Dense8
            | Self::Block64Dense16 => (0.6, 0.3),
        }
    }
}

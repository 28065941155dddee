//! What an event is called.

/// What an event looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A few samples far above.
    Spike,
    /// A few samples far below.
    Dip,
    /// A level that went up.
    LevelUp,
    /// A level that went down.
    LevelDown,
    /// Nothing where something is usual.
    DropToZero,
    /// The same value again and again.
    FlatLine,
    /// What the stream does again and again did not come.
    MissingEvent,
    /// What the stream does again and again came when it was not due.
    ExtraEvent,
    /// Larger steps than usual, in both directions.
    Noisier,
    /// Smaller steps than usual.
    Quieter,
    /// A rise too slow for any one step.
    SlowClimb,
    /// A fall too slow for any one step.
    SlowFall,
    /// Nothing of the above.
    UnusualShape,
    /// Samples that did not come.
    MissingSamples,
}

impl Shape {
    /// The name that a user reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spike => "spike",
            Self::Dip => "dip",
            Self::LevelUp => "level_up",
            Self::LevelDown => "level_down",
            Self::DropToZero => "drop_to_zero",
            Self::FlatLine => "flat_line",
            Self::MissingEvent => "missing_event",
            Self::ExtraEvent => "extra_event",
            Self::Noisier => "noisier",
            Self::Quieter => "quieter",
            Self::SlowClimb => "slow_climb",
            Self::SlowFall => "slow_fall",
            Self::UnusualShape => "unusual_shape",
            Self::MissingSamples => "missing_samples",
        }
    }
}

/// On which side of the usual an event lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Above.
    Up,
    /// Below.
    Down,
    /// On neither.
    Neither,
}

impl Side {
    /// The side of a deviation.
    pub(super) fn of(deviation: f64) -> Self {
        if deviation > 0.0 {
            Self::Up
        } else if deviation < 0.0 {
            Self::Down
        } else {
            Self::Neither
        }
    }

    /// The one of two shapes that lies on this side; nothing on neither.
    pub(super) fn pick(self, up: Shape, down: Shape) -> Shape {
        if self == Self::Down { down } else { up }
    }

    /// The name that a user reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Neither => "none",
        }
    }
}

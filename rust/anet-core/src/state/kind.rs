//! The kinds of objects that have a byte form.

/// What kind of object a saved state holds. The numbers are part of the format: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Kind {
    /// [`crate::MultiScaleAnomaly`].
    MultiScaleAnomaly = 1,
    /// [`crate::StreamScorer`].
    StreamScorer = 2,
    /// A pool of [`crate::StreamScorer`].
    StreamScorerPool = 3,
    /// [`crate::RunMonitor`].
    RunMonitor = 4,
    /// [`crate::StreamDetector`].
    StreamDetector = 5,
    /// A pool of [`crate::StreamDetector`].
    StreamDetectorPool = 6,
    /// [`crate::Episodes`].
    Episodes = 7,
    /// [`crate::Reference`].
    MonitorReference = 8,
    /// [`crate::Monitor`].
    Monitor = 9,
    /// [`crate::NamedSignals`].
    NamedSignals = 10,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::MultiScaleAnomaly,
        Self::StreamScorer,
        Self::StreamScorerPool,
        Self::RunMonitor,
        Self::StreamDetector,
        Self::StreamDetectorPool,
        Self::Episodes,
        Self::MonitorReference,
        Self::Monitor,
        Self::NamedSignals,
    ];

    /// The name of the class, as a user knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::MultiScaleAnomaly => "MultiScaleAnomaly",
            Self::StreamScorer => "StreamScorer",
            Self::StreamScorerPool => "StreamScorerPool",
            Self::RunMonitor => "Monitor",
            Self::StreamDetector => "StreamDetector",
            Self::StreamDetectorPool => "StreamDetectorPool",
            Self::Episodes => "Episodes",
            Self::MonitorReference => "monitor's Reference",
            Self::Monitor => "Monitor with its groups",
            Self::NamedSignals => "monitor's named signals",
        }
    }

    pub(crate) fn name_of(code: u16) -> String {
        Self::ALL
            .into_iter()
            .find(|kind| *kind as u16 == code)
            .map_or_else(|| format!("object of unknown kind {code}"), |kind| kind.name().to_owned())
    }
}

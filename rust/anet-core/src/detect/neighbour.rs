//! A place in the past that resembles the newest samples.

/// An earlier run of samples that matches the newest one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// How many samples before the newest sample it ended.
    pub age: u64,
    /// Its distance: deviations a sample for shapes, one minus the cosine for bags of tokens.
    pub distance: f64,
}

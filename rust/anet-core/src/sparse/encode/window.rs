//! A window as its owner holds it.

/// Samples in one piece, or in the two pieces in which a ring buffer holds them, the older ones first.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    older: &'a [f64],
    newer: &'a [f64],
}

impl<'a> Window<'a> {
    /// The samples in order, zero where one is not finite.
    pub fn finite(self) -> impl Iterator<Item = f64> + 'a {
        self.older.iter().chain(self.newer).map(|x| if x.is_finite() { *x } else { 0.0 })
    }
}

impl<'a> From<&'a [f64]> for Window<'a> {
    fn from(whole: &'a [f64]) -> Self {
        Self { older: whole, newer: &[] }
    }
}

impl<'a> From<(&'a [f64], &'a [f64])> for Window<'a> {
    fn from((older, newer): (&'a [f64], &'a [f64])) -> Self {
        Self { older, newer }
    }
}

//! A coarse series: its values, its steps, and how large steps are around each.

/// What a point of a coarse series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The mean of a block of samples.
    Mean,
    /// The first sample of a block.
    Sample,
}

/// Steps on either side that the local size of steps is taken from.
const REACH: usize = 32;
/// The least local size of steps, as a share of that of the whole series.
const FLOOR: f64 = 0.01;
/// Block means of a reference stand still where their steps are this small beside its range: rounding alone.
const STILL: f64 = 1e-9;

/// A coarse series. A missing point is NaN.
pub(crate) struct Coarse {
    pub(crate) values: Vec<f64>,
    whole: f64,
}

impl Coarse {
    pub(crate) fn new(values: Vec<f64>) -> Self {
        let whole = root_mean_square((1..values.len()).map(|i| values[i] - values[i - 1]));
        Self { values, whole }
    }

    /// The points of `samples` from `offset` on; what is left over at the end is no block.
    pub(crate) fn of(samples: &[f64], factor: usize, kind: Kind, offset: usize) -> Self {
        let blocks = samples[offset..].chunks_exact(factor);
        Self::new(match kind {
            Kind::Mean => blocks.map(mean).collect(),
            Kind::Sample => blocks.map(|block| block[0]).collect(),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// The step to point `i`; NaN where one of its ends is missing, 0 beyond the ends.
    pub(crate) fn step(&self, i: usize) -> f64 {
        if (1..self.values.len()).contains(&i) { self.values[i] - self.values[i - 1] } else { 0.0 }
    }

    /// The root mean square of all steps; 0 where there are none.
    pub(crate) fn whole(&self) -> f64 {
        self.whole
    }

    /// The root mean square of the steps `i − 32 ..= i + 32`, at least 1 % of that of all.
    pub(crate) fn local(&self, i: usize) -> f64 {
        let last = (i + REACH).min(self.values.len().saturating_sub(1));
        root_mean_square((i.saturating_sub(REACH).max(1)..=last).map(|j| self.step(j)))
            .max(FLOOR * self.whole)
    }
}

/// In what unit a series and its reference are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// The local size of each one's own steps.
    Steps,
    /// The values as they are, for the reference's block means stand still.
    Plain,
}

impl Unit {
    pub(crate) fn of(reference: &Coarse, range: f64) -> Self {
        if reference.whole <= STILL * range { Self::Plain } else { Self::Steps }
    }

    /// The unit around point `i`.
    pub(crate) fn at(self, series: &Coarse, i: usize) -> f64 {
        match self {
            Self::Steps => series.local(i),
            Self::Plain => 1.0,
        }
    }
}

/// The mean of a block, added up in order.
pub(crate) fn mean(block: &[f64]) -> f64 {
    block.iter().sum::<f64>() / block.len() as f64
}

fn root_mean_square(steps: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for step in steps.filter(|step| step.is_finite()) {
        sum += step * step;
        count += 1;
    }
    (sum / f64::from(count.max(1))).sqrt()
}

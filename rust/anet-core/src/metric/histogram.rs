//! Equal-width histograms over a window's own range, the bits of `numpy.histogram`.

/// Extremes side by side, as the widest registers hold.
const LANES: usize = 8;

/// `numpy.histogram(values, bins, density=True)`, its rounding included: a sample on an edge must fall on the same side.
pub(super) struct Histogram {
    edges: Vec<f64>,
    counts: Vec<u32>,
    density: Vec<f64>,
}

impl Histogram {
    /// No bins yet.
    pub(super) const EMPTY: Self = Self { edges: Vec::new(), counts: Vec::new(), density: Vec::new() };

    /// Makes it `bins` long, without allocation where it was as long before.
    pub(super) fn resize(&mut self, bins: usize) {
        self.edges.resize(bins + 1, 0.0);
        self.counts.resize(bins, 0);
        self.density.resize(bins, 0.0);
    }

    /// The density of each bin, `count / (width · samples)`; `None` where [`range`] is none.
    ///
    /// Where the range has fewer floats than edges, widths mean nothing and counts stay counts.
    pub(super) fn density(&mut self, values: &[f64]) -> Option<&[f64]> {
        let (low, high) = range(values)?;
        self.spread_edges(low, high);
        self.count(values);
        self.divide_by_width(values.len() as f64);
        Some(&self.density)
    }

    /// Edges as `numpy.linspace` rounds them.
    fn spread_edges(&mut self, low: f64, high: f64) {
        let bins = self.density.len();
        let (delta, step) = (high - low, (high - low) / bins as f64);
        for (index, edge) in self.edges.iter_mut().enumerate() {
            // A step that underflows would put every edge on the first one.
            let offset = if step == 0.0 { index as f64 / bins as f64 * delta } else { index as f64 * step };
            *edge = offset + low;
        }
        self.edges[bins] = high;
    }

    /// Bin j holds `edge_j ≤ x < edge_{j+1}`, the last bin its right edge too: j is the number of inner edges that are at most x.
    fn count(&mut self, values: &[f64]) {
        let inner = &self.edges[1..self.counts.len()];
        self.counts.fill(0);
        for x in values {
            self.counts[inner.partition_point(|edge| edge <= x)] += 1;
        }
    }

    fn divide_by_width(&mut self, samples: f64) {
        let widths = self.edges.windows(2).map(|edge| edge[1] - edge[0]);
        let distinct = widths.clone().all(|width| width > 0.0);
        for ((density, &count), width) in self.density.iter_mut().zip(&self.counts).zip(widths) {
            *density = if distinct { f64::from(count) / width / samples } else { f64::from(count) };
        }
    }
}

/// Lowest and highest sample, half a unit below and above where they are equal; `None` unless all samples and the
/// distance of the two are finite.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [Extremes::NONE; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(extremes, &x)| extremes.take(x));
    }
    lanes.iter_mut().zip(rest).for_each(|(extremes, &x)| extremes.take(x));
    let Extremes { low, high, zero } = lanes.into_iter().fold(Extremes::NONE, Extremes::join);
    let (low, high) = if low == high { (low - 0.5, high + 0.5) } else { (low, high) };
    (zero == 0.0 && (high - low).is_finite()).then_some((low, high))
}

/// What a lane has seen.
#[derive(Clone, Copy)]
struct Extremes {
    low: f64,
    high: f64,
    /// 0 while all samples are finite, then NaN.
    zero: f64,
}

impl Extremes {
    const NONE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY, zero: 0.0 };

    fn take(&mut self, x: f64) {
        *self = self.join(Self { low: x, high: x, zero: 0.0 * x });
    }

    fn join(self, other: Self) -> Self {
        Self {
            low: if other.low < self.low { other.low } else { self.low },
            high: if other.high > self.high { other.high } else { self.high },
            zero: self.zero + other.zero,
        }
    }
}

//! The mean of each place of a period.

/// Means under weights that halve every four periods, both kept in single precision.
pub(crate) struct Profile {
    place: usize,
    means: Vec<f32>,
    weights: Vec<f32>,
}

impl Profile {
    /// Nothing is known of any place; the next row has the first.
    pub(crate) fn new(period: usize) -> Self {
        Self { place: 0, means: vec![0.0; period], weights: vec![0.0; period] }
    }

    pub(crate) fn period(&self) -> usize {
        self.means.len()
    }

    /// The place of the next row.
    pub(crate) fn place(&self) -> usize {
        self.place
    }

    /// The mean of a place, where it is known.
    pub(crate) fn mean(&self, place: usize) -> Option<f64> {
        (self.weights[place] > 0.0).then(|| f64::from(self.means[place]))
    }

    /// The distance of the next row, where it is not missing, from the mean of its place, where that is known. The mean then moves
    /// by 3 at most; the first value of a place is taken whole.
    pub(crate) fn push(&mut self, row: Option<f64>) -> Option<f64> {
        let place = self.place;
        self.place = (place + 1) % self.period();
        let value = row?;
        let mean = self.mean(place);
        let weight = 0.5_f64.powf(1.0 / 4.0) * f64::from(self.weights[place]) + 1.0;
        self.weights[place] = weight as f32;
        let weight = f64::from(self.weights[place]);
        self.means[place] = mean.map_or(value, |mean| mean + (value - mean).clamp(-3.0, 3.0) / weight) as f32;
        mean.map(|mean| value - mean)
    }
}

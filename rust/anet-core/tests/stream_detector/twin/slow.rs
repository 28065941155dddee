//! Shifts too small for a single sample: means over long windows against earlier ones.

use crate::twin::moments::{CutSquares, Moments};
use crate::twin::phase::Phase;

/// Samples between two looks.
const EVERY: usize = 64;
/// Windows are of whole blocks of so many samples.
const BLOCK: usize = 8;
/// The shortest silence after a start.
const SILENT: usize = 1500;
/// From here on it rings.
const RINGS: f64 = 5.0;

/// Means over several windows, each in deviations of earlier ones.
pub(crate) struct Slow {
    /// The period that is leaned on, 0 where there is none.
    period: usize,
    errors: CutSquares,
    z: f64,
    /// Samples since the last one that alarmed, if any did.
    since_alarm: Option<usize>,
    values: Vec<f64>,
    windows: Vec<Window>,
}

impl Slow {
    pub(crate) fn new() -> Self {
        Self::with(0)
    }

    fn with(period: usize) -> Self {
        let lengths = if period == 0 { vec![64, 256, 1024] } else { vec![period, 2 * period] };
        Self {
            period,
            errors: CutSquares::start(2048.0, 0.0, 1.0, 1e-6),
            z: 0.0,
            since_alarm: None,
            values: Vec::new(),
            windows: lengths.into_iter().map(Window::new).collect(),
        }
    }

    /// The last sample alarmed, by whatever.
    pub(crate) fn alarmed(&mut self) {
        self.since_alarm = Some(0);
    }

    /// The largest deviation of any window, with its sign; it holds until the next look.
    pub(crate) fn push(&mut self, y: f64, phase: Phase) -> f64 {
        let enough = if self.period > 0 { 0.1 } else { 0.2 };
        let period = if phase.explained > enough { phase.period } else { 0 };
        if period != self.period {
            *self = Self { since_alarm: self.since_alarm, ..Self::with(period) };
        }
        self.since_alarm = self.since_alarm.map(|since| since + 1);
        let value = if period > 0 { phase.residual } else { y };
        if period > 0 {
            self.errors.push(value);
        }
        self.values.push(value);
        if self.values.len().is_multiple_of(EVERY) {
            let deviation = (period > 0).then(|| self.errors.mean.sqrt());
            let (values, since) = (&self.values, self.since_alarm);
            let all = self.windows.iter_mut().map(|window| window.look(values, deviation, since));
            self.z = all.fold(0.0, |most: f64, z| if z.abs() > most.abs() { z } else { most });
        }
        self.z
    }
}

/// Means over so many samples.
struct Window {
    length: usize,
    earlier: Option<Moments>,
    /// Whether what it shows has rung already.
    told: bool,
}

impl Window {
    fn new(length: usize) -> Self {
        let blocks = ((length + BLOCK / 2) / BLOCK).max(1);
        Self { length: BLOCK * blocks, earlier: None, told: false }
    }

    /// How far the newest mean lies from earlier ones; then learns the one before it. 0 while that is not known, and where it was
    /// told. `deviation` is that of a season's errors.
    fn look(&mut self, values: &[f64], deviation: Option<f64>, since_alarm: Option<usize>) -> f64 {
        let length = self.length as f64;
        let (first, floor) = deviation.map_or((0.5, 0.5), |deviation| (0.2 * deviation, deviation));
        let earlier = self.earlier.get_or_insert(Moments::start(128.0, [16.0; 2], 0.0, first * first));
        let scale = earlier.deviation().max(floor / length.sqrt());
        let mean = |values: &[f64]| values.iter().sum::<f64>() / length;
        let before = values.len().saturating_sub(self.length);
        let z = (mean(&values[before..]) - earlier.mean) / scale;
        if let Some(first) = before.checked_sub(self.length) {
            let d = mean(&values[first..before]) - earlier.mean;
            earlier.add(d.clamp(-3.0 * scale, 3.0 * scale));
        }
        let whole = values.len() >= SILENT.max(3 * self.length);
        let one_sided = whole && (deviation.is_none() || is_one_sided(&values[before..]));
        self.untold(if one_sided { z } else { 0.0 }, since_alarm)
    }

    /// Nothing of what rang already, at the first look at which the window lies behind it or before, until it falls to half of that.
    fn untold(&mut self, z: f64, since_alarm: Option<usize>) -> f64 {
        let holds = since_alarm.is_some_and(|since| since < self.length + EVERY);
        self.told = if self.told { z.abs() >= RINGS / 2.0 } else { holds && z.abs() >= RINGS };
        if self.told { 0.0 } else { z }
    }
}

/// A shift is: both halves lie on the same side. A jump of the phase is not.
fn is_one_sided(values: &[f64]) -> bool {
    let (older, newer) = values.split_at(values.len() / BLOCK / 2 * BLOCK);
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    let clear =
        |values: &[f64]| sum(values).abs() >= 0.5 * values.iter().map(|value| value.abs()).sum::<f64>();
    clear(newer) && clear(older) && sum(newer) * sum(older) >= 0.0
}

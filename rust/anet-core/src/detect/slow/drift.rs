//! The mean of many samples against what it was before them.

use crate::detect::slow::block_sums::{BlockSums, SIZE, Sum};
use crate::detect::slow::level::UsualLevel;
use crate::error::{Result, StateError};
use crate::state::{Fields, Reader, Writer};
use crate::stats::cut_variance::CutVariance;

/// Samples of the windows of a stream without a season; with one they are one and two periods.
const WINDOWS: [usize; 3] = [64, 256, 1024];
/// Samples between two looks.
const BETWEEN: u64 = 64;
/// Half-life of the usual means, in looks.
const HALF: f64 = 128.0;
/// Weight and deviation that they start with: that of the samples' unit, or of the season's errors.
const WEIGHT: f64 = 16.0;
const DEVIATION: f64 = 0.5;
const SEASONAL_DEVIATION: f64 = 0.2;
/// The least deviation of a mean over L samples is so much over √L; with a season in deviations of its errors.
const LEAST: f64 = 0.5;
const SEASONAL_LEAST: f64 = 1.0;
/// Silent samples after a start: so many, or three windows.
const SILENT: u64 = 1500;
/// A season's errors are usual over this half-life, in samples.
const ERRORS_HALF: f64 = 2048.0;
/// With a season, a window speaks only where the errors of both its halves lie on one side: at least this share of their sizes is
/// left in their sum, and the sums have one sign. A level that moved is one-sided, a season out of step is not.
const ONE_SIDED: f64 = 0.5;
/// From here on it rings (`threshold`). What rang already is not told again: a window that reaches this while it holds a sample that
/// alarmed, or at the first look after that, is silent until it falls to half of it.
const RINGS: f64 = 5.0;
/// Samples are cut here; a season's errors cannot be larger than twice this.
const LIMIT: f64 = 6.0;
/// A season is leaned on where it explains more than this, and no longer where less than that.
const LEANED: f64 = 0.2;
const LEFT: f64 = 0.1;

/// Means over several windows, each in deviations of earlier ones.
#[derive(Debug, Clone)]
pub(crate) struct Drift {
    period: Option<usize>,
    errors: CutVariance,
    z: f64,
    /// Samples since the last one that alarmed.
    since_alarm: u64,
    sums: BlockSums,
    windows: Vec<Window>,
}

/// One window.
#[derive(Debug, Clone)]
struct Window {
    blocks: usize,
    usual: Option<UsualLevel>,
    told: bool,
}

impl Window {
    fn new(samples: usize) -> Self {
        Self { blocks: ((samples + SIZE / 2) / SIZE).max(1), usual: None, told: false }
    }

    fn samples(&self) -> usize {
        self.blocks * SIZE
    }

    /// What of the newest mean has not rung yet, where the last sample that alarmed is `since_alarm` samples ago.
    fn untold(&mut self, z: f64, since_alarm: u64) -> f64 {
        let rings = z.abs() >= RINGS;
        let held = self.samples() as u64 + BETWEEN;
        self.told = if self.told { z.abs() >= RINGS / 2.0 } else { rings && since_alarm < held };
        if self.told { 0.0 } else { z }
    }

    /// The newest mean in deviations of the earlier ones; then the window before it is learned. `deviation` is that of a season's
    /// errors.
    fn look(&mut self, sums: &BlockSums, deviation: Option<f64>) -> f64 {
        let samples = self.samples() as u64;
        let length = samples as f64;
        let least = deviation.map_or(LEAST, |deviation| SEASONAL_LEAST * deviation) / length.sqrt();
        let first = deviation.map_or(DEVIATION, |deviation| SEASONAL_DEVIATION * deviation);
        let usual = self.usual.get_or_insert_with(|| UsualLevel::new(HALF, WEIGHT, 0.0, first * first));
        let now = sums.sum(0, self.blocks).signed / length;
        let one_sided = deviation.is_none() || is_one_sided(sums, self.blocks);
        let z = if one_sided { usual.z(now, least) } else { 0.0 };
        if sums.seen() >= 2 * samples {
            usual.push(sums.sum(self.blocks, self.blocks).signed / length, least);
        }
        if sums.seen() >= SILENT.max(3 * samples) { z } else { 0.0 }
    }
}

/// Whether both halves of the newest blocks lie on the same side of the season.
fn is_one_sided(sums: &BlockSums, blocks: usize) -> bool {
    let half = blocks / 2;
    let (newer, older) = (sums.sum(0, blocks - half), sums.sum(blocks - half, half));
    let clear = |sum: Sum| sum.signed.abs() >= ONE_SIDED * sum.size;
    clear(newer) && clear(older) && newer.signed * older.signed >= 0.0
}

impl Drift {
    /// Has seen nothing.
    pub(crate) fn new() -> Self {
        Self::with(None)
    }

    fn with(period: Option<usize>) -> Self {
        let windows: Vec<Window> = match period {
            None => WINDOWS.map(Window::new).into(),
            Some(period) => [period, 2 * period].map(Window::new).into(),
        };
        let longest = windows.iter().map(|window| window.blocks).max().unwrap_or(1);
        let errors = CutVariance::new(ERRORS_HALF, 0.0, 1.0, 1e-6);
        Self { period, errors, z: 0.0, since_alarm: u64::MAX / 2, sums: BlockSums::new(2 * longest), windows }
    }

    /// The strangest mean at a normalised sample, its sign that of the change; a new one every 64 samples. A season explains the
    /// share `explained` and leaves `error`.
    pub(crate) fn push(&mut self, y: f64, period: Option<usize>, explained: f64, error: Option<f64>) -> f64 {
        let enough = if self.period.is_some() { LEFT } else { LEANED };
        let period = period.filter(|_| explained > enough);
        if period != self.period {
            *self = Self { since_alarm: self.since_alarm, ..Self::with(period) };
        }
        self.since_alarm = self.since_alarm.saturating_add(1).min(u64::MAX / 2);
        let value = if period.is_some() { error.unwrap_or(0.0) } else { y.clamp(-LIMIT, LIMIT) };
        if period.is_some() {
            self.errors.push(value * value);
        }
        self.sums.push(value.clamp(-2.0 * LIMIT, 2.0 * LIMIT));
        if self.sums.seen().is_multiple_of(BETWEEN) {
            self.look();
        }
        self.z
    }

    /// The last sample alarmed, by whatever.
    pub(crate) fn alarmed(&mut self) {
        self.since_alarm = 0;
    }

    fn look(&mut self) {
        let deviation = self.period.map(|_| self.errors.deviation());
        let (sums, since) = (&self.sums, self.since_alarm);
        let all = self.windows.iter_mut().map(|window| {
            let z = window.look(sums, deviation);
            window.untold(z, since)
        });
        self.z = all.fold(0.0, |most: f64, z| if z.abs() > most.abs() { z } else { most });
    }
}

/// The period first: the windows follow from it.
impl Fields for Drift {
    fn save(&self, out: &mut Writer) {
        out.count(self.period.unwrap_or(0));
        self.errors.save(out);
        self.z.save(out);
        self.since_alarm.save(out);
        self.sums.save(out);
        for window in &self.windows {
            window.told.save(out);
            window.usual.is_some().save(out);
            window.usual.iter().for_each(|usual| usual.save(out));
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        // Two sums of four bytes a block of 8, over four periods.
        let period = from.count(size_of::<f32>())?;
        *self = Self::with(Some(period).filter(|&period| period > 0));
        self.errors.load(from)?;
        self.z.load(from)?;
        self.since_alarm.load(from)?;
        self.sums.load(from)?;
        for window in &mut self.windows {
            let mut begun = false;
            window.told.load(from)?;
            begun.load(from)?;
            window.usual = begun.then(|| UsualLevel::new(HALF, WEIGHT, 0.0, 0.0));
            window.usual.iter_mut().try_for_each(|usual| usual.load(from))?;
        }
        if self.z.is_finite() { Ok(()) } else { Err(StateError::Field { name: "drift" }.into()) }
    }
}

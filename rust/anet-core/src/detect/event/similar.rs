//! When the stream was like this before.

use super::forecast::Forecast;
use super::spread::median;
use super::stretch::Stretch;

/// The longest stretch that is compared: its first samples tell it from others.
const LONGEST: usize = 256;
/// Samples before and after it that are compared too, at least.
const AROUND: usize = 4;
/// What the difference from an earlier stretch may be of the distance from the usual.
const LIKE: f64 = 0.5;

/// An earlier stretch that is like the event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similar {
    /// How many samples before the newest one it began.
    pub age: u64,
    /// How many samples it has.
    pub length: u64,
}

/// The earlier stretch that differs least, where it differs less than half as much as the usual does.
pub(super) fn similar(forecast: &Forecast, stretch: &Stretch) -> Option<Similar> {
    let samples = &forecast.samples;
    let around = AROUND.max(stretch.length() / 4);
    let from = stretch.first.saturating_sub(around);
    let to = (stretch.last + 1 + around).min(samples.len()).min(from + LONGEST);
    let event = &samples[from..to];
    let usual = median(forecast.past().iter().copied());
    let distance = |other: &[f64]| {
        let pairs = event.iter().zip(other).filter(|(a, b)| a.is_finite() && b.is_finite());
        pairs.map(|(a, b)| (a - b).abs()).sum::<f64>()
    };
    let limit = LIKE * event.iter().filter(|x| x.is_finite()).map(|x| (x - usual).abs()).sum::<f64>();
    let earlier = samples.get(..from)?.windows(event.len()).enumerate();
    let whole = earlier.filter(|(_, other)| other.iter().all(|x| x.is_finite()));
    let (place, least) =
        whole.map(|(place, other)| (place, distance(other))).min_by(|a, b| a.1.total_cmp(&b.1))?;
    let first = place + (stretch.first - from);
    let found = Similar { age: (samples.len() - 1 - first) as u64, length: stretch.length() as u64 };
    (least < limit).then_some(found)
}

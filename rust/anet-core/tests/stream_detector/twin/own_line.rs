//! The line that a stream raises for itself, from every high point there ever was.

/// The line of an ordinary stream.
pub(crate) const LINE: f64 = 7.0;
/// From here on a point belongs to an episode; two such points farther apart than [`APART`] belong to two.
pub(crate) const TAIL: f64 = 3.0;
const APART: usize = 50;
const MEMORY: usize = 32_768;

/// A height that a stream reaches again and again: rank, samples remembered, factor.
struct Habit(usize, usize, f64);

const HABITS: [Habit; 2] = [Habit(4, 4096, 1.75), Habit(16, MEMORY, 2.0)];

/// Whether a line is raised.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Raised {
    Never,
    /// By habits, of which a class that stands apart is none, and by the tail; none is above 20 for a few.
    ByOwnPeaks,
}

pub(crate) struct OwnLine {
    raised: Raised,
    line: f64,
    highs: Vec<(usize, f64)>,
}

impl OwnLine {
    pub(crate) fn new(raised: Raised) -> Self {
        Self { raised, line: LINE, highs: Vec::new() }
    }

    /// The line for a sample that lies `z` out. It changes where an episode begins.
    pub(crate) fn at(&mut self, t: usize, z: f64) -> f64 {
        if z >= TAIL {
            if self.highs.last().is_none_or(|&(last, _)| t - last > APART) {
                self.line = self.raise(t);
            }
            self.highs.push((t, z));
        }
        self.line
    }

    fn raise(&self, t: usize) -> f64 {
        let peaks = peaks(&self.highs);
        let within = |memory: usize| heights(&peaks, t, memory);
        let [short, long] = HABITS.map(|Habit(rank, memory, factor)| {
            let z = within(memory);
            let apart = class_apart(&z, t.min(memory));
            (apart, TAIL + factor * excess(&z, apart + rank - 1))
        });
        let line = LINE.max(short.1).max(long.1);
        match self.raised {
            Raised::Never => LINE,
            Raised::ByOwnPeaks => {
                let tail = tail(&within(MEMORY), long.0, t.min(MEMORY)).unwrap_or(LINE);
                let tall = within(4096).iter().filter(|&&z| z >= 20.0).count();
                if tall <= 12 { line.max(tail).min(20.0) } else { line.max(tail) }
            }
        }
    }
}

/// Each episode's first highest point.
fn peaks(highs: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let episodes = highs.chunk_by(|(one, _), (next, _)| next - one <= APART);
    let higher = |best: (usize, f64), next: &(usize, f64)| if next.1 > best.1 { *next } else { best };
    episodes.map(|episode| episode.iter().fold(episode[0], higher)).collect()
}

/// Of the peaks that are remembered, the highest first.
fn heights(peaks: &[(usize, f64)], t: usize, memory: usize) -> Vec<f64> {
    let recent = peaks.iter().filter(|(at, _)| t - at <= memory);
    let mut heights: Vec<f64> = recent.map(|&(_, z)| z).collect();
    heights.sort_by(|a, b| b.total_cmp(a));
    heights
}

/// How far the peak of that rank, from 0, lies beyond the tail; 0 after the last.
fn excess(heights: &[f64], rank: usize) -> f64 {
    heights.get(rank).map_or(0.0, |z| z - TAIL)
}

/// How many of the highest peaks stand apart from the others by the widest ratio; at most 12 in 4096 samples can.
fn class_apart(heights: &[f64], span: usize) -> usize {
    let ratio = |i: usize| (excess(heights, i - 1) + 0.5) / (excess(heights, i) + 0.5);
    let stands = |&i: &usize| ratio(i) >= 4.0 && excess(heights, i - 1) - excess(heights, i) >= 6.0;
    let most = heights.len().min(12 * span / 4096);
    // Of equals the smallest: `max_by` would give the last.
    (1..=most).rev().filter(stands).max_by(|&a, &b| ratio(a).total_cmp(&ratio(b))).unwrap_or(0)
}

/// Where the tail of the stream's own peaks, those apart left out, is reached once in so many samples.
fn tail(heights: &[f64], apart: usize, span: usize) -> Option<f64> {
    let first = (8.0 * span as f64 / 1e4).round() as usize;
    let (near, far) =
        (heights.get((apart + first).checked_sub(1)?)?, heights.get((apart + 3 * first).checked_sub(1)?)?);
    (first >= 2).then(|| near + 1.5 * (near - far) / 3.0_f64.ln() * 8.0_f64.ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line under which each of `count` points of one height rings, `apart` samples after one another.
    fn lines(raised: Raised, apart: usize, count: usize) -> Vec<f64> {
        let mut line = OwnLine::new(raised);
        (1..=count).map(|i| line.at(i * apart, 23.0)).collect()
    }

    #[test]
    fn what_recurs_and_stands_apart_rings_each_time() {
        assert_eq!(lines(Raised::ByOwnPeaks, 600, 50), [7.0; 50]);
    }

    #[test]
    fn what_comes_more_often_than_twelve_times_in_4096_is_a_habit() {
        let lines = lines(Raised::ByOwnPeaks, 300, 20);
        // Seven in 2400 are a class still, eight in 2700 are not.
        assert_eq!(lines[..8], [7.0; 8]);
        // No higher than 20 while twelve are remembered; the fourteenth comes after thirteen.
        assert_eq!(lines[8..13], [20.0; 5]);
        assert!(lines[13..].iter().all(|&line| line >= 38.0), "{lines:?}");
    }

    #[test]
    fn the_tail_of_the_own_peaks_is_followed() {
        let mut line = OwnLine::new(Raised::ByOwnPeaks);
        (0..25).for_each(|i| _ = line.at(400 * i, 3.0 + 0.1 * i as f64));
        // The 8th and the 24th highest are 4.7 and 3.1.
        let wanted = 4.7 + 1.5 * 1.6 * 8.0_f64.ln() / 3.0_f64.ln();
        let got = line.at(10_000, 3.0);
        assert!((got - wanted).abs() < 1e-12, "{got} for {wanted}");
    }
}

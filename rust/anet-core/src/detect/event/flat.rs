//! A stream that stands still.

/// The shortest run of equal samples that is a flat line.
const SHORTEST: usize = 6;
/// Samples that must have come before it.
const BEFORE: usize = 64;
/// How much longer it is than any run before.
const LONGER: f64 = 1.5;

/// Equal samples in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Its first place.
    pub(super) first: usize,
    /// Its last place.
    pub(super) last: usize,
}

impl Run {
    pub(super) fn length(&self) -> usize {
        self.last + 1 - self.first
    }
}

/// The longest run of equal samples that ends at `start` or later, where the stream had none nearly as long.
pub(super) fn flat_line(samples: &[f64], start: usize) -> Option<Run> {
    unheard_of(samples, start, |a, b| a == b)
}

/// The longest run of samples on one side of `middle` that ends at `start` or later, where the stream had none nearly as long.
pub(super) fn one_sided(samples: &[f64], start: usize, middle: f64) -> Option<Run> {
    unheard_of(samples, start, |a, b| (a > middle) == (b > middle))
}

/// The longest run of missing samples that ends at `start` or later, where the stream had none as long.
pub(super) fn missing_run(samples: &[f64], start: usize) -> Option<Run> {
    longest_yet(samples, start, f64::is_nan, 1.0)
}

/// The longest run of samples about zero that ends at `start` or later, where the stream had none nearly as long.
pub(super) fn zero_run(samples: &[f64], start: usize, is_zero: impl Fn(f64) -> bool) -> Option<Run> {
    longest_yet(samples, start, is_zero, LONGER)
}

/// The longest run of what `is` so that ends at `start` or later, where it is more than so many times as long as any before.
fn longest_yet(samples: &[f64], start: usize, is: impl Fn(f64) -> bool, times: f64) -> Option<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for at in (0..samples.len()).filter(|&at| is(samples[at])) {
        match runs.last_mut() {
            Some(run) if run.last + 1 == at => run.last = at,
            _ => runs.push(Run { first: at, last: at }),
        }
    }
    let found = *runs.iter().filter(|run| run.last >= start).max_by_key(|run| run.length())?;
    let before = runs.iter().take_while(|run| run.last < start).map(Run::length).max().unwrap_or(0);
    (found.length() as f64 > times * before as f64).then_some(found)
}

fn unheard_of(samples: &[f64], start: usize, alike: impl Fn(f64, f64) -> bool) -> Option<Run> {
    let runs = runs(samples, alike);
    let new = runs.iter().filter(|run| run.last >= start && run.first >= BEFORE);
    let found = *new.max_by_key(|run| run.length())?;
    let before = runs.iter().take_while(|run| run.last < found.first).map(Run::length).max().unwrap_or(0);
    let long = found.length() >= SHORTEST && found.length() as f64 > LONGER * before as f64 + 1.0;
    long.then_some(found)
}

fn runs(samples: &[f64], alike: impl Fn(f64, f64) -> bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, &x) in samples.iter().enumerate().filter(|(_, x)| x.is_finite()) {
        match runs.last_mut() {
            Some(run) if alike(samples[run.last], x) => run.last = at,
            _ => runs.push(Run { first: at, last: at }),
        }
    }
    runs
}

//! A channel that is missing for long, while others are not.

use crate::state::fields;

/// Samples of a channel before its silence is news.
const SEEN: u64 = 64;
/// Missing samples in a row that are news: so many, and so many times as many as ever before.
const LONG: u64 = 64;
const LONGER: u64 = 4;

/// When a missing sample is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// Never.
    Never,
    /// Each of them.
    Each,
    /// The first of each run.
    First,
    /// Once in a run that is longer than usual by far.
    Dead,
}

/// The runs of missing samples of one channel.
#[derive(Debug, Clone, Default)]
pub(super) struct Silence {
    seen: u64,
    run: u64,
    longest: u64,
}

impl Silence {
    /// Whether to tell of the next sample.
    pub(super) fn push(&mut self, is_here: bool, telling: Telling) -> bool {
        if is_here {
            self.seen = self.seen.saturating_add(1);
            self.longest = self.longest.max(std::mem::take(&mut self.run));
            return false;
        }
        self.run = self.run.saturating_add(1);
        match telling {
            Telling::Never => false,
            Telling::Each => true,
            Telling::First => self.run == 1,
            Telling::Dead => self.seen >= SEEN && self.run == LONG.max(self.longest.saturating_mul(LONGER)),
        }
    }
}

fields!(Silence { seen, run, longest });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_channel_is_told_once() {
        let mut silence = Silence::default();
        let mut told =
            |is_here: bool, count: usize| (0..count).filter(|_| silence.push(is_here, Telling::Dead)).count();
        assert_eq!(told(false, 100), 0);
        assert_eq!((told(true, 100), told(false, 300), told(true, 1), told(false, 1000)), (0, 0, 0, 0));
        assert_eq!((told(true, 1), told(false, 10_000)), (0, 1));
    }
}

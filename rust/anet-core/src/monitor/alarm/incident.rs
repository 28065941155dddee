//! From scores to alarms: what fires, what is news, when it has calmed down, and how loud it must be the next time.

use crate::error::Result;

use crate::monitor::alarm::score_table::{Family, Score};
use crate::state::{Fields, Reader, Writer, fields};

/// Rows without a firing after which an incident is over.
pub(crate) const CALM: u64 = 50;
/// How much louder than its loudest a family must be to ring again in the same segment.
const LOUDER: f64 = 1.5;
/// Part of a line above which the run is suspect.
const CLOSE: f64 = 0.8;
/// So many firing rows make an incident a failure.
const STUBBORN: u64 = 8;

/// Whether families that have rung and calmed down must be louder to ring again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// They must.
    Kept,
    /// Every incident is judged as the first one.
    None,
}

/// The incident under way and what earlier ones of the segment have taught.
#[derive(Debug, Clone, Copy)]
pub struct Incident {
    open: bool,
    opened: u64,
    last_firing: u64,
    firing_rows: u64,
    fired: u32,
    loudest: [f64; Family::COUNT],
    lines: [f64; Family::COUNT],
}

/// What one row is, after its scores are heard.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hearing {
    /// A bit for each score that fires.
    pub firing: u32,
    loudest: [f64; Family::COUNT],
    close: bool,
}

impl Default for Incident {
    fn default() -> Self {
        Self {
            open: false,
            opened: 0,
            last_firing: 0,
            firing_rows: 0,
            fired: 0,
            loudest: [0.0; Family::COUNT],
            lines: [1.0; Family::COUNT],
        }
    }
}

impl Incident {
    /// Closes the incident if it has calmed down before this row.
    pub(crate) fn begin(&mut self, row: u64, memory: Memory) {
        if self.open && row - self.last_firing.min(row) > CALM {
            self.close(memory);
        }
    }

    /// Hears one score. Only what needs no baseline can fire while the segment warms up.
    pub(crate) fn hear(&self, score: Score, ratio: f64, warm: bool, hearing: &mut Hearing) {
        let family = score.family() as usize;
        let line = self.lines[family];
        let fires = ratio > line || (ratio == line && score.is_a_count());
        if fires && (warm || score.is_immediate()) {
            hearing.firing |= 1 << score as u32;
            hearing.loudest[family] = hearing.loudest[family].max(ratio);
        }
        hearing.close |= warm && ratio > CLOSE * line && !score.is_a_count();
    }

    /// Ends the row: the scores that fire for the first time in this incident.
    pub(crate) fn end(&mut self, row: u64, hearing: &Hearing) -> Firing {
        if hearing.firing == 0 {
            return Firing(0);
        }
        if !self.open {
            (self.open, self.opened) = (true, row);
        }
        let news = hearing.firing & !self.fired;
        self.fired |= hearing.firing;
        self.last_firing = row;
        self.firing_rows += 1;
        for (loudest, heard) in self.loudest.iter_mut().zip(hearing.loudest) {
            *loudest = loudest.max(heard);
        }
        Firing(news)
    }

    /// Whether an incident is open.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The row in which the incident under way opened.
    pub fn opened(&self) -> Option<u64> {
        self.open.then_some(self.opened)
    }

    /// The scores that have fired in the incident under way: bit `i` is the `i`-th of [`Score::ALL`].
    pub fn fired(&self) -> u32 {
        self.fired
    }

    /// How many rows of the incident under way fired.
    pub fn firing_rows(&self) -> u64 {
        self.firing_rows
    }

    /// Whether the incident under way is a failure: a grave score, two families, or eight firing rows.
    pub(crate) fn is_failure(&self) -> bool {
        let mut families = Firing(self.fired).scores().map(Score::family);
        let Some(first) = families.next() else { return false };
        first.is_grave()
            || self.firing_rows >= STUBBORN
            || families.any(|family| family != first || family.is_grave())
    }

    fn close(&mut self, memory: Memory) {
        if memory == Memory::Kept {
            self.remember();
        }
        let lines = self.lines;
        *self = Self { lines, ..Self::default() };
    }

    /// What has calmed down by itself was a false alarm, or is over: the next one must be louder, the more so in a family
    /// that has rung.
    fn remember(&mut self) {
        let soft = |family: Family| !family.is_hard();
        if !Firing(self.fired).scores().any(|score| soft(score.family())) {
            return;
        }
        for family in Score::ALL.map(Score::family).into_iter().filter(|&family| soft(family)) {
            let line = &mut self.lines[family as usize];
            *line = line.max(LOUDER);
        }
        for family in Firing(self.fired).scores().map(Score::family).filter(|&family| soft(family)) {
            self.lines[family as usize] = LOUDER * self.loudest[family as usize].max(1.0);
        }
    }
}

impl Hearing {
    /// Whether some score that is not a count comes close to its line.
    pub(crate) fn is_close(&self) -> bool {
        self.close
    }
}

/// A set of scores that fire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Firing(u32);

impl Firing {
    /// The scores, in order.
    pub(crate) fn scores(self) -> impl Iterator<Item = Score> {
        Score::ALL.into_iter().filter(move |&score| self.0 & 1 << score as u32 != 0)
    }
}

fields!(Incident { open, opened, last_firing, firing_rows, fired, loudest, lines });

impl Fields for Memory {
    fn save(&self, out: &mut Writer) {
        (*self == Self::Kept).save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut kept = false;
        kept.load(from)?;
        *self = if kept { Self::Kept } else { Self::None };
        Ok(())
    }
}

//! The rules `higher_again` and `longer_again`: the loss of a run that was disturbed before is high again.

use anet_core::Rule;

use super::twin::progress::had_settled;
use super::twin::stretch::Stretch;

/// What was known of the disturbances before each row of a segment.
pub(crate) type Known = Option<(f64, f64, usize)>;

/// What rings in the newest row of a segment, given what was known in each row of it, and in which rows it rang before.
pub(crate) fn score(stretch: &Stretch<'_>, known: &[Known], rang: &[usize]) -> Option<(Rule, f64)> {
    let at = known.len() - 1;
    stretch.new_loss(at)?;
    let (before, peak, longest) = known[at]?;
    let loss = stretch.loss(at);
    let over = loss.median > 1.25 * loss.start || (loss.is_made() && had_settled(stretch.losses(at)));
    if !over || loss.negative || waits(stretch, at, rang) {
        return None;
    }
    let since = (0..=at).rev().find(|&row| risen(stretch, known, row).is_some_and(|risen| risen < 0.25));
    let down = since.unwrap_or(0);
    if rang.iter().any(|&row| row >= down) {
        return None;
    }
    let level = (loss.level - before) / (peak - before);
    let high = (down..=at).filter(|&row| risen(stretch, known, row).is_some_and(|risen| risen >= 0.5));
    if level > 1.25 {
        Some((Rule::HigherAgain, level / 1.25))
    } else if high.count() > longest.saturating_mul(4).max(64) {
        Some((Rule::LongerAgain, 1.0))
    } else {
        None
    }
}

fn risen(stretch: &Stretch<'_>, known: &[Known], row: usize) -> Option<f64> {
    stretch.new_loss(row)?;
    let (before, peak, _) = known[row]?;
    Some((stretch.loss(row).median - before) / (peak - before))
}

/// The third ring in a segment asks for 128 losses without one, the fourth for 256, and so on.
fn waits(stretch: &Stretch<'_>, at: usize, rang: &[usize]) -> bool {
    let Some(&last) = rang.last().filter(|_| rang.len() > 2) else { return false };
    let losses = (last + 1..=at).filter(|&row| stretch.new_loss(row).is_some()).count();
    losses < 64 << (rang.len() - 2)
}

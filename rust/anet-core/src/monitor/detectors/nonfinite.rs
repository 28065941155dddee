//! NaN or an infinity, in the step in which it comes.

use crate::monitor::alarm::score_table::Score;
use crate::monitor::alarm::scores::Board;
use crate::monitor::input::signal::SignalSet;

/// Score `nonfinite`: how many of the given signals are not finite.
pub(crate) fn update(given: SignalSet, not_finite: SignalSet, board: &mut Board) {
    if given.count() > 0 {
        let count = f64::from(not_finite.count());
        board.set(Score::Nonfinite, count, count);
    }
}

//! A gap is no event, however long, and what came before it is still known after it.

use super::{answers, episodes, rings};
use crate::series::season;

#[test]
fn no_gap_rings_in_a_season() {
    for gap in [1, 2, 5, 16, 40] {
        let mut rows = season(1, 2500, 50, 0.2);
        rows[2000..2000 + gap].fill(f64::NAN);
        let answers = answers(&rows);
        assert!(answers[2000..2000 + gap].iter().all(|answer| answer.score.is_nan()));
        assert_eq!(episodes(&answers), 0, "{gap}");
    }
}

#[test]
fn the_clock_of_the_phase_runs_on_over_missing_rows() {
    let mut rows = season(2, 6000, 288, 0.2);
    rows[5000..5300].fill(f64::NAN);
    rows[5700] += 3.0;
    let answers = answers(&rows);
    assert_eq!(answers[5600].period % 288, 0);
    assert_eq!(episodes(&answers[..5700]), 0);
    assert!(rings(&answers, 5700..5703));
}

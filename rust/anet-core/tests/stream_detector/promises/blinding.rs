//! Nothing that is short blinds the detector, and no scale is too small for it.

use super::{answers, episodes, rings};
use crate::series::Random;

/// Noise in which `bad` rows hold `value`, with an event of 20 deviations each 1000 rows.
fn missed(bad: std::ops::Range<usize>, value: f64) -> usize {
    let mut rows = Random::new(1).normals(4100);
    rows[bad.clone()].fill(value);
    let events = (1000..4100).step_by(1000).filter(|event| !bad.contains(event));
    events.clone().for_each(|event| rows[event] += 20.0);
    let answers = answers(&rows);
    events.filter(|&event| !rings(&answers, event..event + 4)).count()
}

#[test]
fn one_corrupt_sample_hides_no_event() {
    for value in [-1e3, 1e20] {
        for at in [0, 5, 2000] {
            assert_eq!(missed(at..at + 1, value), 0, "{value:e} at {at}");
        }
    }
}

#[test]
fn a_burst_of_fill_values_hides_no_event() {
    assert_eq!(missed(2000..2003, 1e20), 0);
    assert_eq!(missed(2000..2020, 1e20), 0);
}

#[test]
fn a_scale_may_be_small_or_small_against_its_level() {
    for (scale, level) in [(1e-12, 0.0), (1e-30, 0.0), (1e140, 0.0), (1.0, 1e12)] {
        let mut rows = Random::new(2).normals(2200);
        rows[2000] += 15.0;
        rows.iter_mut().for_each(|x| *x = *x * scale + level);
        let answers = answers(&rows);
        assert!(rings(&answers, 2000..2004), "{scale:e} on {level:e}");
        assert_eq!(episodes(&answers), 1, "{scale:e} on {level:e}");
    }
}

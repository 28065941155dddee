//! An incident that recurs rings each time; a stream of spikes stays quiet, and says that it was held back.

use super::{answers, episodes, rings};
use crate::series::Random;

/// Of incidents each `every` rows, how many ring.
fn found(every: usize, length: usize, incident: impl Fn(f64) -> f64) -> (usize, usize) {
    let mut rows = Random::new(1).normals(9000);
    let starts = (every..9000 - length).step_by(every);
    for start in starts.clone() {
        rows[start..start + length].iter_mut().for_each(|x| *x = incident(*x));
    }
    let answers = answers(&rows);
    let rang = starts.clone().filter(|&start| rings(&answers, start..start + length + 2));
    (rang.count(), starts.count())
}

#[test]
fn a_recurring_spike_rings_each_time() {
    assert_eq!(found(600, 3, |x| x + 20.0), (14, 14));
    assert_eq!(found(1000, 3, |x| x + 20.0), (8, 8));
}

#[test]
fn a_recurring_outage_rings_each_time() {
    assert_eq!(found(1000, 8, |_| -200.0), (8, 8));
}

#[test]
fn rare_counts_are_held_back() {
    let mut random = Random::new(1);
    let rows: Vec<f64> = (0..9000).map(|_| f64::from(random.uniform() < 0.01)).collect();
    let answers = answers(&rows);
    let held: Vec<f64> = answers.iter().filter(|answer| answer.held).map(|answer| answer.p_value).collect();
    assert!(held.len() > 20 && held.iter().all(|&p| p > 1e-4), "{held:?}");
    assert!(episodes(&answers[1000..]) <= 2, "{}", episodes(&answers[1000..]));
}

//! What no single sample shows: a drift, a shift under a season, steps that become small, a sensor that stands still.

use super::{answers, episodes, rings};
use crate::series::{Random, season};

#[test]
fn a_slow_drift_rings_before_it_ends() {
    let ramp = |t: usize| 6.0 * ((t as f64 - 4000.0) / 2000.0).clamp(0.0, 1.0);
    let noise = Random::new(1).normals(6000);
    let rows: Vec<f64> = noise.iter().enumerate().map(|(t, x)| x + ramp(t)).collect();
    let answers = answers(&rows);
    assert_eq!(episodes(&answers[..4000]), 0);
    assert!(rings(&answers, 4000..5000));
}

#[test]
fn a_lasting_shift_under_a_season_rings() {
    let mut rows = season(1, 7000, 288, 0.2);
    rows[6000..].iter_mut().for_each(|x| *x += 0.6);
    let answers = answers(&rows);
    assert_eq!((answers[5999].period, episodes(&answers[..6000])), (288, 0));
    assert!(rings(&answers, 6000..7000));
}

#[test]
fn a_level_that_came_back_is_not_told_again() {
    let told = |seed: u64| {
        let mut rows = season(seed, 3400, 50, 0.2);
        rows[3000..3040].iter_mut().for_each(|x| *x += 1.0);
        episodes(&answers(&rows)[3000..])
    };
    assert_eq!((1..=6).map(told).collect::<Vec<_>>(), [1; 6]);
}

#[test]
fn autocorrelated_noise_that_becomes_small_rings() {
    let (mut random, mut level) = (Random::new(2), 0.0);
    let step = |t: usize| {
        let size = if (5000..5150).contains(&t) { 0.4 } else { 1.0 };
        level = 0.7 * level + size * random.normal();
        level
    };
    let rows: Vec<f64> = (0..5200).map(step).collect();
    assert!(rings(&answers(&rows), 5000..5200));
}

#[test]
fn a_sensor_that_freezes_rings() {
    let mut rows = Random::new(1).normals(4100);
    let frozen = rows[4000];
    rows[4000..4030].fill(frozen);
    let answers = answers(&rows);
    assert_eq!(episodes(&answers[..4000]), 0);
    assert!(rings(&answers, 4000..4030));
}

#[test]
fn a_young_stream_rings_for_something_tall() {
    let found = |seed: &u64| {
        let mut rows = Random::new(*seed).normals(602);
        rows[600] += 12.0;
        rings(&answers(&rows), 600..602)
    };
    assert_eq!((1..=5).filter(found).count(), 5);
}

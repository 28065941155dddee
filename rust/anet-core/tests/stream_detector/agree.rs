//! The core against its twin on nasty streams.

use anet_core::params::Seed;
use anet_core::{Change, Component, Detection, DetectorOptions, DetectorSettings, Seasons, StreamDetector};
use anet_simd::Level;

use crate::nasty::{gaps, shifting, streams};
use crate::series::{Random, season};
use crate::twin::changes::{differences, growth};
use crate::twin::score::{SCALED, UNSCALED};
use crate::twin::{ALL, Answer, Options, detect};

const SEEDS: std::ops::Range<u64> = 1..4;
/// Where nothing is rounded.
const EXACT: f64 = 1e-8;
/// Where the season has a part: its means are kept in single precision, and so are the sums of drifts.
const ROUNDED: f64 = 2e-5;

#[test]
fn the_core_equals_its_twin() {
    for seed in SEEDS {
        for (name, rows) in streams(seed) {
            compare(&format!("{name}, seed {seed}"), &rows, ALL);
        }
    }
}

#[test]
fn the_core_equals_its_twin_with_parts_left_out() {
    for number in 0..8 {
        let [tokens, long, adaptive] = [1, 2, 4].map(|bit| number & bit > 0);
        let options = Options { seed: "another", tokens, long, adaptive, ..ALL };
        for (name, rows) in
            streams(9).into_iter().filter(|(name, _)| name.contains("spikes") || name.contains("50"))
        {
            compare(&format!("{name}, options {number}"), &rows, options);
        }
    }
}

#[test]
fn the_core_equals_its_twin_with_a_season_given() {
    for season in [&[24][..], &[50, 7], &[288], &[168, 24, 2]] {
        for (name, rows) in streams(5).into_iter().filter(|(name, _)| name.contains("season")) {
            for long in [true, false] {
                compare(&format!("{name}, given {season:?}"), &rows, Options { season, long, ..ALL });
            }
        }
    }
}

#[test]
fn the_core_equals_its_twin_in_how_a_stream_changes() {
    for (name, rows) in
        streams(6).into_iter().filter(|(name, _)| name.contains("walk") || name.contains("missing"))
    {
        compare_judged(name, &rows, &differences(&rows), Change::Difference);
        compare_judged(name, &rows, &growth(&rows), Change::Counter);
    }
}

#[test]
fn the_core_equals_its_twin_where_a_season_ends_or_another_begins() {
    let mut rows = season(8, 3000, 60, 0.3);
    rows.extend(Random::new(8).normals(1500));
    rows.extend(gaps(shifting(season(9, 9000, 96, 0.3))));
    compare("one season, none, another", &rows, ALL);
}

fn compare(name: &str, rows: &[f64], options: Options<'_>) {
    compare_answers(name, rows, &detect(rows, options), settings(options));
}

fn compare_judged(name: &str, rows: &[f64], judged: &[f64], change: Change) {
    let settings = DetectorSettings { change, ..settings(ALL) };
    compare_answers(&format!("{name}, {change:?}"), rows, &detect(judged, ALL), settings);
}

/// On every level: their bits are equal, so that each is as near.
fn compare_answers(name: &str, rows: &[f64], wanted: &[Answer], settings: DetectorSettings) {
    let mut cores = Level::all_supported()
        .into_iter()
        .map(|level| StreamDetector::on(level, settings.clone()))
        .collect::<Vec<_>>();
    for (row, (&x, wanted)) in rows.iter().zip(wanted).enumerate() {
        for core in &mut cores {
            let got = core.push(&[x]).expect("one channel");
            compare_one(&format!("{name}, row {row}"), &got, wanted);
            if wanted.score.is_finite() {
                assert_eq!(
                    core.period(0).expect("a channel").unwrap_or(0),
                    wanted.period,
                    "{name}, row {row}"
                );
            }
        }
    }
}

fn compare_one(place: &str, got: &Detection, wanted: &Answer) {
    compare_parts(place, got, wanted);
    let tolerance = if wanted.period > 0 { ROUNDED } else { EXACT };
    assert!(near(got.score, wanted.score, tolerance), "{place}: score {} for {}", got.score, wanted.score);
    let (p, p_wanted) = (got.p_value, wanted.p_value);
    assert!(near(p.ln(), p_wanted.ln(), 10.0 * tolerance), "{place}: p {p} for {p_wanted}");
    assert_eq!(got.held, wanted.held, "{place}: held");
}

/// By their names: neither side may know a component that the other does not.
fn compare_parts(place: &str, got: &Detection, wanted: &Answer) {
    let names: Vec<&str> = SCALED.iter().map(|&(name, _)| name).chain(UNSCALED).collect();
    assert_eq!(Component::ALL.map(Component::name), *names);
    for part in Component::ALL {
        let (got, wanted) = (got.parts[part as usize], wanted.parts[part as usize]);
        let is_rounded =
            matches!(part, Component::Season32 | Component::Season128 | Component::Drift | Component::Place);
        let tolerance = if is_rounded { ROUNDED } else { EXACT };
        assert!(near(got, wanted, tolerance), "{place}: {} {got} for {wanted}", part.name());
    }
}

fn settings(options: Options<'_>) -> DetectorSettings {
    let Options { seed, tokens, long, adaptive, season } = options;
    let options = DetectorOptions { tokens, long, adaptive_threshold: adaptive };
    let seed = Seed::try_from(seed).expect("a short seed");
    let season = Seasons::try_from(season.to_vec()).expect("periods");
    DetectorSettings { seed, options, season, ..DetectorSettings::default() }
}

fn near(got: f64, wanted: f64, tolerance: f64) -> bool {
    (got.is_nan() && wanted.is_nan()) || (got - wanted).abs() <= tolerance * wanted.abs().max(1.0)
}

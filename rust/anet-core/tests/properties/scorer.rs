//! Streams and pools against scoring each window by itself, and their states against the originals.

use std::sync::Arc;

use anet_core::error::StateError;
use anet_core::params::{Dimension, Length, MaxPositions, Seed};
use anet_core::pool::Pool;
use anet_core::state::State;
use anet_core::{Error, Result};
use anet_core::{MultiScaleAnomaly, ScorerScratch, SparseEncoder, StreamScorer};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::runner::runner;

const WINDOW: usize = 5;
const SCALES: [usize; 3] = [4, 12, 4];

fn detector() -> MultiScaleAnomaly {
    let scales: Result<Vec<Length>> = SCALES.iter().map(|scale| Length::try_from(*scale)).collect();
    MultiScaleAnomaly::new(&scales.unwrap(), 2)
}

fn encoder(dimension: u64) -> SparseEncoder {
    SparseEncoder::new(
        Dimension::try_from(dimension).unwrap(),
        MaxPositions::from(6),
        Seed::try_from("s").unwrap(),
    )
}

fn scorer(dimension: u64) -> StreamScorer {
    StreamScorer::new(Length::try_from(WINDOW).unwrap(), Arc::new(encoder(dimension)), detector())
}

fn samples() -> impl Strategy<Value = Vec<f64>> {
    let sample =
        prop_oneof![6 => -5.0..5.0f64, 2 => Just(0.5), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)];
    vec(sample, 0..60)
}

/// Positions by table, by map, and both.
fn dimensions() -> impl Strategy<Value = u64> {
    prop_oneof![Just(32), Just(70_000), Just(1 << 60)]
}

/// The scores as bits, so that NaN equals NaN and nothing else is forgiven.
fn scores(scorer: &mut StreamScorer, samples: &[f64]) -> Vec<Option<(u64, Vec<u64>)>> {
    let mut scratch = ScorerScratch::default();
    let bits = |scores: &[f64]| scores.iter().map(|score| score.to_bits()).collect();
    let push = |sample: &f64| {
        scorer.push(&mut scratch, *sample).map(|score| (score.combined.to_bits(), bits(score.per_scale)))
    };
    samples.iter().map(push).collect()
}

#[test]
fn a_stream_scores_each_window_as_it_fills() {
    let same = |(dimension, samples): (u64, Vec<f64>)| {
        let (encoder, mut detector) = (encoder(dimension), detector());
        let got = scores(&mut scorer(dimension), &samples);
        prop_assert!(got.iter().take(WINDOW - 1).all(Option::is_none));
        for (window, score) in samples.windows(WINDOW).zip(got.iter().skip(WINDOW - 1)) {
            let want = detector.update_and_score(&encoder.encode(window)).unwrap();
            let (combined, per_scale) = score.as_ref().expect("the window is full");
            prop_assert_eq!(*combined, want.combined.to_bits());
            prop_assert!(per_scale.iter().copied().eq(want.per_scale.iter().map(|score| score.to_bits())));
        }
        Ok(())
    };
    runner(200).run(&(dimensions(), samples()), same).unwrap();
}

#[test]
fn a_look_ahead_is_the_push_and_leaves_no_trace() {
    let same = |(dimension, samples): (u64, Vec<f64>)| {
        let (mut scorer, mut scratch) = (scorer(dimension), ScorerScratch::default());
        for sample in samples {
            let before = scorer.to_bytes();
            let ahead = scorer.peek(&mut scratch, sample).map(|score| score.combined.to_bits());
            prop_assert_eq!(scorer.to_bytes(), before);
            prop_assert_eq!(ahead, scorer.push(&mut scratch, sample).map(|score| score.combined.to_bits()));
        }
        Ok(())
    };
    runner(100).run(&(dimensions(), samples()), same).unwrap();
}

#[test]
fn a_pool_scores_each_stream_as_if_alone() {
    let same = |(count, threads, samples): (usize, usize, Vec<f64>)| {
        let steps = samples.len() / count;
        let mut pool = Pool::new(scorer(32), count);
        pool.set_threads(threads);
        let rows = pool.push(steps, &samples[..steps * count]).unwrap();
        for index in 0..count {
            let own: Vec<f64> = (0..steps).map(|step| samples[step * count + index]).collect();
            let alone = scores(&mut scorer(32), &own);
            for (step, score) in alone.iter().enumerate() {
                let row = &rows[(index * steps + step) * 3..][..3];
                match score {
                    None => prop_assert!(row.iter().all(|score| score.is_nan())),
                    Some((combined, per_scale)) => {
                        prop_assert_eq!(row[0].to_bits(), *combined);
                        prop_assert_eq!(row[1].to_bits(), per_scale[0]);
                        prop_assert_eq!(row[2].to_bits(), per_scale[1]);
                    }
                }
            }
        }
        Ok(())
    };
    let long = vec(samples(), 8).prop_map(|parts| parts.concat());
    runner(100).run(&(1..9_usize, 1..5_usize, long), same).unwrap();
}

#[test]
fn streams_come_and_go() {
    let mut pool = Pool::new(scorer(32), 2);
    pool.push(6, &[0.5; 12]).unwrap();
    pool.add(1);
    pool.remove(0).unwrap();
    assert_eq!(pool.streams().iter().map(|stream| stream.samples().len()).collect::<Vec<_>>(), [WINDOW, 0]);
    let error = pool.remove(2).unwrap_err().to_string();
    assert_eq!(error, "index must be below the number of streams, got 2 with 2 streams");
    let error = pool.push(1, &[0.5; 3]).unwrap_err().to_string();
    assert_eq!(error, "samples and streams must have the same length, got 3 and 2");
}

#[test]
fn a_restored_stream_scores_on_bit_for_bit() {
    let same = |(dimension, before, after): (u64, Vec<f64>, Vec<f64>)| {
        let mut original = scorer(dimension);
        scores(&mut original, &before);
        let bytes = original.to_bytes();
        let mut restored = StreamScorer::from_bytes(&bytes).unwrap();
        prop_assert_eq!(restored.to_bytes(), bytes);
        prop_assert_eq!(scores(&mut restored, &after), scores(&mut original, &after));
        Ok(())
    };
    runner(200).run(&(dimensions(), samples(), samples()), same).unwrap();
}

#[test]
fn a_restored_detector_keeps_positions_of_any_size() {
    let entries = [(-1, 0.5), (i128::MAX, 0.25), (3, 1.0)];
    let mut original = detector();
    original.update_and_score_entries(entries.into_iter()).unwrap();
    let mut restored = MultiScaleAnomaly::from_bytes(&original.to_bytes()).unwrap();
    let want = original.update_and_score_entries(entries.into_iter()).unwrap().combined;
    assert_eq!(restored.update_and_score_entries(entries.into_iter()).unwrap().combined, want);
    assert_eq!(restored.scales(), original.scales());
}

#[test]
fn a_restored_pool_goes_on_where_it_was() {
    let mut original = Pool::new(scorer(32), 3);
    original.push(7, &(0..21).map(|i| f64::from(i * i % 11)).collect::<Vec<f64>>()).unwrap();
    original.add(1);
    let mut restored = Pool::<StreamScorer>::from_bytes(&original.to_bytes()).unwrap();
    let tick: Vec<f64> = (0..20).map(|i| f64::from(i * 7 % 13)).collect();
    let bits = |rows: Vec<f64>| rows.into_iter().map(f64::to_bits).collect::<Vec<_>>();
    assert_eq!(bits(restored.push(5, &tick).unwrap()), bits(original.push(5, &tick).unwrap()));
}

#[test]
fn a_state_of_another_kind_is_refused_by_name() {
    let error = StreamScorer::from_bytes(&detector().to_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "state holds a MultiScaleAnomaly, wanted a StreamScorer");
}

#[test]
fn a_state_whose_positions_repeat_is_refused() {
    let mut original = detector();
    original.update_and_score_entries([(1, 0.5), (2, 0.5)].into_iter()).unwrap();
    let mut bytes = original.to_bytes();
    let second = bytes.windows(4).position(|bytes| bytes == [1, 0, 2, 0]).unwrap() + 2;
    bytes[second] = 1;
    let wanted = Error::State(StateError::Field { name: "positions" });
    assert_eq!(MultiScaleAnomaly::from_bytes(&sealed(bytes)).unwrap_err(), wanted);
}

/// How many damaged states: a million, which takes seconds, or what the environment asks for.
fn damaged_states() -> u64 {
    std::env::var("ANET_FUZZ").map_or(1_000_000, |count| count.parse().expect("ANET_FUZZ is a number"))
}

/// A million damaged states, each sealed again so that the parser itself is reached: whatever is accepted can be used.
#[test]
fn a_million_damaged_states_do_no_harm() {
    let mut scorer = scorer(70_000);
    scores(&mut scorer, &[0.5, 1.5, 0.0, 3.0, 0.25, 0.75, -1.0]);
    let good = scorer.to_bytes();
    let mut random = 0x5EED_u64;
    let (mut accepted, mut refused, mut scratch) = (0, 0, ScorerScratch::default());
    for _ in 0..damaged_states() {
        match StreamScorer::from_bytes(&damaged(&good, &mut random)) {
            Err(_) => refused += 1,
            Ok(mut restored) => {
                accepted += 1;
                assert!(restored.bytes() < 65_536, "{} bytes from {}", restored.bytes(), good.len());
                restored.push(&mut scratch, 1.0);
            }
        }
    }
    assert!(accepted > 10_000 && refused > 10_000, "{accepted} accepted, {refused} refused");
}

/// One to four bytes changed, and at times the end cut off.
fn damaged(good: &[u8], random: &mut u64) -> Vec<u8> {
    let mut draw = |below: usize| {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ((*random >> 33) as usize) % below
    };
    let mut bytes = good.to_vec();
    if draw(8) == 0 {
        bytes.truncate(20 + draw(good.len() - 20));
    }
    for _ in 0..=draw(4) {
        let at = 16 + draw(bytes.len() - 16);
        bytes[at] = [0, 1, 0x7F, 0xFF, draw(256) as u8][draw(5)];
    }
    sealed(bytes)
}

/// Gives the header the right length and the end the right checksum.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = bytes.len() - 4;
    bytes[8..16].copy_from_slice(&(end as u64 - 16).to_le_bytes());
    let checksum = crc32fast::hash(&bytes[..end]);
    bytes[end..].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

#[test]
fn many_samples_score_as_if_pushed_one_by_one() {
    let window = 200;
    let scorer = || StreamScorer::new(Length::try_from(window).unwrap(), encoder(64).into(), detector());
    let samples: Vec<f64> = (0..9500_u32)
        .map(|i| if i % 977 == 0 { f64::NAN } else { f64::from(i.wrapping_mul(2_654_435_761) >> 8) })
        .collect();
    let want = scores(&mut scorer(), &samples);
    for parts in [vec![0, 9500], vec![0, 150, 199, 200, 260, 9400, 9500], vec![0, 4096, 4096, 8192, 9500]] {
        let (mut scorer, mut scratch) = (scorer(), ScorerScratch::default());
        let mut got = vec![None; samples.len()];
        for part in parts.windows(2) {
            scorer.push_many(&mut scratch, &samples[part[0]..part[1]], |index, score| {
                got[part[0] + index] =
                    Some((score.combined.to_bits(), score.per_scale.iter().map(|s| s.to_bits()).collect()));
            });
        }
        assert!(got == want, "{parts:?}");
    }
}

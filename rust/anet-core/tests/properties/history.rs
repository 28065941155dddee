//! The history against comparing one by one.

use std::collections::HashMap;

use anet_core::params::Length;
use anet_core::sparse::encode::cosine::sparse_cosine;
use anet_core::sparse::score::anomaly::MultiScaleAnomaly;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::runner::runner;

type Signature = Vec<(i128, f64)>;

/// What the detector is specified to do, word for word.
struct Naive {
    scales: Vec<usize>,
    neighbours: i64,
    rings: Vec<Vec<Signature>>,
}

impl Naive {
    fn new(scales: &[usize], neighbours: i64) -> Self {
        let mut distinct: Vec<usize> = Vec::new();
        scales.iter().for_each(|scale| {
            if !distinct.contains(scale) {
                distinct.push(*scale);
            }
        });
        Self { rings: vec![Vec::new(); distinct.len()], scales: distinct, neighbours }
    }

    fn update_and_score(&mut self, entries: &[(i128, f64)]) -> (f64, Vec<f64>) {
        let signature = as_dict(entries);
        let scores: Vec<f64> = self.rings.iter().map(|ring| 1.0 - self.top(ring, &signature)).collect();
        for (ring, scale) in self.rings.iter_mut().zip(&self.scales) {
            ring.push(signature.clone());
            if ring.len() > *scale {
                ring.remove(0);
            }
        }
        let combined = if scores.is_empty() { 0.0 } else { scores.iter().sum::<f64>() / scores.len() as f64 };
        (combined, scores)
    }

    fn top(&self, ring: &[Signature], signature: &Signature) -> f64 {
        let mut cosines: Vec<f64> = ring.iter().map(|held| sparse_cosine(signature, held)).collect();
        cosines.sort_by(|a, b| b.total_cmp(a));
        cosines.truncate(self.neighbours.clamp(1, ring.len().max(1) as i64) as usize);
        if cosines.is_empty() { 0.0 } else { cosines.iter().sum::<f64>() / cosines.len() as f64 }
    }
}

/// A position that comes twice keeps its place and takes the later value.
fn as_dict(entries: &[(i128, f64)]) -> Signature {
    let mut places = HashMap::new();
    let mut dict: Signature = Vec::new();
    for (position, elevation) in entries {
        let place = *places.entry(*position).or_insert(dict.len());
        if place == dict.len() {
            dict.push((*position, 0.0));
        }
        dict[place].1 = *elevation;
    }
    dict
}

fn signature() -> impl Strategy<Value = Signature> {
    let position = prop_oneof![
        8 => 0..40i128,
        1 => -3..3i128,
        1 => Just(i128::from(u64::MAX)),
        1 => Just(i128::MIN),
        1 => 65_530..65_550i128,
    ];
    let elevation = prop_oneof![4 => 0.0..1.0f64, 1 => Just(0.0), 1 => Just(0.5), 1 => -1.0..0.0f64];
    vec((position, elevation), 0..12)
}

#[test]
fn scores_equal_comparing_one_by_one() {
    let scales = vec(1..20usize, 0..4);
    let neighbours = prop_oneof![-1..8i64, Just(i64::MAX)];
    let same = |(scales, neighbours, stream): (Vec<usize>, i64, Vec<Signature>)| {
        let lengths: Vec<Length> = scales.iter().map(|scale| Length::try_from(*scale).unwrap()).collect();
        let mut fast = MultiScaleAnomaly::new(&lengths, neighbours);
        let mut naive = Naive::new(&scales, neighbours);
        for entries in &stream {
            let (combined, scores) = naive.update_and_score(entries);
            let score = fast.update_and_score_entries(entries.iter().copied()).unwrap();
            prop_assert!((score.combined - combined).abs() <= 1e-12);
            for (got, wanted) in score.per_scale.iter().zip(scores) {
                prop_assert!((got - wanted).abs() <= 1e-12, "{got} is not {wanted}");
            }
        }
        Ok(())
    };
    runner(400).run(&(scales, neighbours, vec(signature(), 1..70)), same).unwrap();
}

/// Lists that grow, move, go round and run dry: signatures spread over positions in turns with ones that repeat.
fn turns(positions: u64, count: usize) -> Vec<Signature> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    let position = |kind: usize, at: u64, next: &mut dyn FnMut(u64) -> u64| match kind % 4 {
        0 | 2 => i128::from(next(positions)),
        1 => i128::from(at),
        _ => i128::from(u64::MAX) + i128::from(next(positions)),
    };
    let signature = |i: usize| {
        let entry = |at| (position(i / 97, at, &mut next), (next(1000) + 1) as f64 / 1000.0);
        (0..10).map(entry).collect()
    };
    (0..count).map(signature).collect()
}

#[test]
fn long_lists_equal_comparing_one_by_one() {
    for (scale, positions) in [(150, 24), (150, 400), (70_000, 24)] {
        let lengths = [Length::try_from(scale).unwrap()];
        let (mut fast, mut naive) = (MultiScaleAnomaly::new(&lengths, 5), Naive::new(&[scale], 5));
        for (at, entries) in turns(positions, 600).iter().enumerate() {
            let score = fast.update_and_score_entries(entries.iter().copied()).unwrap().combined;
            let wanted = naive.update_and_score(entries).0;
            assert!((score - wanted).abs() <= 1e-12, "{scale}, {positions}, {at}: {score} is not {wanted}");
        }
    }
}

//! The encoder against a twin that hashes everything, keeps a list and sorts it: the published program, line by line.

use std::cell::RefCell;

use anet_core::{Dimension, EncoderScratch, MaxPositions, Seed, SparseEncoder, SparseSignature};
use anet_simd::Level;
use proptest::prelude::*;

use crate::levels::Property;
use crate::runner::runner;

pub(crate) const PROPERTIES: &[Property] = &[
    ("encoder_equals_the_naive_one", equals_the_naive_encoder),
    ("a_window_in_two_pieces_is_the_window_in_one", two_pieces),
];

/// What an encoder is made with.
#[derive(Debug, Clone)]
struct Parameters {
    dimension: u64,
    max_positions: u64,
    seed: String,
}

impl Parameters {
    fn encoder(&self, level: Level) -> SparseEncoder {
        SparseEncoder::on(
            level,
            Dimension::try_from(self.dimension).unwrap(),
            MaxPositions::from(self.max_positions),
            Seed::try_from(self.seed.as_str()).unwrap(),
        )
    }
}

mod naive {
    use super::{Level, Parameters};

    pub(super) fn encode(parameters: &Parameters, x: &[f64]) -> Vec<(u64, f64)> {
        let x: Vec<f64> = x.iter().map(|x| if x.is_finite() { *x } else { 0.0 }).collect();
        let mut buckets: Vec<(u64, f64)> = Vec::new();
        for (tag, elevations) in channels(&x) {
            for (index, elevation) in elevations.into_iter().enumerate() {
                if elevation <= 0.0 {
                    continue;
                }
                let position = hash(parameters, tag, index, elevation);
                match buckets.iter_mut().find(|bucket| bucket.0 == position) {
                    // `max(old, new)` in Python: the new one if it is greater, and NaN never is.
                    Some(bucket) if elevation > bucket.1 => bucket.1 = elevation,
                    Some(_) => {}
                    None => buckets.push((position, if elevation > 0.0 { elevation } else { 0.0 })),
                }
            }
        }
        buckets.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap());
        buckets.truncate(usize::try_from(parameters.max_positions).unwrap());
        buckets
    }

    fn channels(x: &[f64]) -> Vec<(&'static str, Vec<f64>)> {
        if x.is_empty() {
            return vec![];
        }
        let mean = mean(x);
        let squares: Vec<f64> = x.iter().map(|x| (x - mean) * (x - mean)).collect();
        let std = self::mean(&squares).sqrt() + 1e-9;
        let median = median(x);
        let distances: Vec<f64> = x.iter().map(|x| (x - median).abs()).collect();
        let mad = self::mean(&distances) + 1e-9;
        let steps: Vec<f64> = (0..x.len()).map(|i| x[i] - x[i.saturating_sub(1)]).collect();
        // The tangent is the kernel's: it has a test of its own, and here the last bit counts.
        let elevations = |x: &[f64], centre: f64, spread: f64, scale: f64| {
            let mut out = vec![0.0; x.len()];
            Level::portable().elevations(x, centre, spread, scale, &mut out);
            out
        };
        vec![
            ("z", elevations(x, mean, std, 1.0)),
            ("q", elevations(x, median, mad, 1.0)),
            ("dz", elevations(&steps, 0.0, std + 1e-9, 0.8)),
        ]
    }

    fn mean(x: &[f64]) -> f64 {
        pairwise(x) / x.len() as f64
    }

    fn pairwise(x: &[f64]) -> f64 {
        if x.len() > 128 {
            let half = x.len() / 2 - x.len() / 2 % 8;
            return pairwise(&x[..half]) + pairwise(&x[half..]);
        }
        if x.len() < 8 {
            return x.iter().fold(0.0, |sum, x| sum + x);
        }
        let mut r: Vec<f64> = x[..8].to_vec();
        let whole = x.len() - x.len() % 8;
        for i in 8..whole {
            r[i % 8] += x[i];
        }
        let joined = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
        x[whole..].iter().fold(joined, |sum, x| sum + x)
    }

    fn median(x: &[f64]) -> f64 {
        let mut sorted = x.to_vec();
        sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
        let half = x.len() / 2;
        if x.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 }
    }

    fn hash(parameters: &Parameters, tag: &str, index: usize, value: f64) -> u64 {
        let seed = &parameters.seed;
        let text = format!("{seed}|{tag}|{index}|{value:.6}").replace("NaN", "nan");
        let digest = blake2b_simd::Params::new().hash_length(8).key(seed.as_bytes()).hash(text.as_bytes());
        u64::from_be_bytes(digest.as_bytes().try_into().unwrap()) % parameters.dimension
    }
}

fn parameters() -> impl Strategy<Value = Parameters> {
    let dimension =
        prop_oneof![Just(4096), Just(1), Just(1 << 63), Just(u64::MAX), 1_u64..200, 1_u64..100_000];
    let max_positions = prop_oneof![Just(128), Just(0), Just(1), 0_u64..40, Just(2000)];
    let seed =
        prop_oneof![Just("rh_sparse".to_owned()), "[a-z種🌱]{0,16}", "[a-z]{20,64}", Just("x".repeat(64))];
    (dimension, max_positions, seed).prop_map(|(dimension, max_positions, seed)| Parameters {
        dimension,
        max_positions,
        seed,
    })
}

/// Windows that occur, and windows that should not but will.
fn windows() -> impl Strategy<Value = Vec<f64>> {
    let smooth = prop::collection::vec(-3.0..3.0, 0..400);
    let levels = (1_i32..6, prop::collection::vec(0_i32..1000, 1..400))
        .prop_map(|(levels, x)| x.into_iter().map(|x| f64::from(x % levels) / 10.0).collect());
    let rounded = prop::collection::vec(-30_i32..30, 1..400)
        .prop_map(|x| x.into_iter().map(|x| f64::from(x) / 10.0).collect());
    let constant = (any::<f64>(), 1_usize..300).prop_map(|(x, n)| vec![x; n]);
    let spike = (-1e9..1e9, 300_usize..500, 0_usize..300).prop_map(|(height, n, at)| {
        let mut x = vec![0.25; n];
        x[at] = height;
        x
    });
    let wild = prop::collection::vec(any::<f64>(), 0..300);
    let spread = prop::collection::vec((-1.0..1.0, -300_i32..300), 1..300)
        .prop_map(|x| x.into_iter().map(|(x, e)| x * 10_f64.powi(e)).collect());
    let long = prop::collection::vec(-3.0..3.0, 1001..1500);
    prop_oneof![4 => smooth, 4 => levels, 4 => rounded, 1 => constant, 2 => spike, 2 => wild, 2 => spread, 1 => long]
}

/// Goes through the cases of one encoder after another with the same scratch memory.
fn equals_the_naive_encoder(level: Level) {
    let cases = (parameters(), windows());
    let memory = RefCell::new((EncoderScratch::default(), SparseSignature::default()));
    let same = |(parameters, x): (Parameters, Vec<f64>)| {
        let (scratch, signature) = &mut *memory.borrow_mut();
        parameters.encoder(level).encode_into(scratch, &x[..], signature);
        let pairs = signature.positions.iter().copied().zip(signature.elevations.iter().copied());
        prop_assert_eq!(pairs.collect::<Vec<_>>(), naive::encode(&parameters, &x));
        Ok(())
    };
    runner(700).run(&cases, same).unwrap();
}

fn two_pieces(level: Level) {
    let encoder = Parameters { dimension: 4096, max_positions: 128, seed: "rh_sparse".to_owned() };
    let encoder = encoder.encoder(level);
    let mut scratch = EncoderScratch::default();
    let mut signature = SparseSignature::default();
    let x: Vec<f64> = (0..256).map(|i| f64::from(i * i % 97)).collect();
    for split in [0, 1, 100, 255, 256] {
        encoder.encode_into(&mut scratch, x.split_at(split), &mut signature);
        assert_eq!(signature, encoder.encode(&x));
    }
}

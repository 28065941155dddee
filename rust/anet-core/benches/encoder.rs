//! The encoder on each level that this processor supports. Each result is checked once before it is timed.
//!
//! `cargo bench -p anet-core`

// The macros of criterion write functions without documentation.
#![allow(missing_docs)]

use std::hint::black_box;

use anet_core::params::{Dimension, MaxPositions, Seed};
use anet_core::{EncoderScratch, SparseEncoder, SparseSignature};
use anet_simd::Level;
use criterion::{Criterion, criterion_group, criterion_main};

const SAMPLES: usize = 256;
const SEED: &str = "rh_sparse";

/// Each window is another one, as in a stream: a processor learns the branches of a window that it sees again and again.
fn encode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode, window 256, K 128");
    let x = noise(20_000);
    let encoders = Level::all_supported().into_iter().map(|level| (level, encoder(level)));
    let portable = encoder(Level::portable());
    let (mut scratch, mut signature) = (EncoderScratch::default(), SparseSignature::default());
    for (level, encoder) in encoders {
        assert_eq!(encoder.encode(&x[..SAMPLES]), portable.encode(&x[..SAMPLES]));
        let mut windows = x.windows(SAMPLES).cycle();
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| {
                let window = windows.next().expect("it never ends");
                encoder.encode_into(&mut scratch, black_box(window), &mut signature);
            });
        });
    }
}

fn encoder(level: Level) -> SparseEncoder {
    SparseEncoder::on(
        level,
        Dimension::try_from(4096).expect("in its domain"),
        MaxPositions::from(128),
        Seed::try_from(SEED).expect("short"),
    )
}

/// Sums of twelve uniform numbers: near enough to normal.
fn noise(samples: usize) -> Vec<f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..samples).map(|_| (0..12).map(|_| uniform()).sum::<f64>() - 6.0).collect()
}

criterion_group!(benches, encode);
criterion_main!(benches);

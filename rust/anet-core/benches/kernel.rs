//! The kernels of the encoder on each backend that this processor can run. Each result is checked once before it is timed.
//!
//! `cargo bench -p anet-core --bench kernel`

// The macros of criterion write functions without documentation.
#![allow(missing_docs)]

use std::hint::black_box;

use anet_core::params::{Dimension, MaxPositions, Seed};
use anet_core::sparse::encode::encoder::{Encoder, Scratch};
use anet_core::sparse::encode::signature::Signature;
use anet_simd::{Batch, LANES, Label, Level, Prefix, Tag};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SAMPLES: usize = 256;
const BATCHES: usize = 16;
const SEED: &str = "rh_sparse";

fn hashes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hashes, 16 full batches");
    group.throughput(Throughput::Elements((BATCHES * LANES) as u64));
    let (prefix, longest) = (Prefix::new(SEED), Label::longest(SAMPLES));
    let mut batches = [Batch::default(); BATCHES];
    for (item, batch) in batches.iter_mut().enumerate() {
        for lane in 0..LANES {
            let index = LANES * item + lane;
            batch.set(lane, Label::new(Tag::new("z"), 100 + index), 0.8 + index as f64 / 1000.0);
        }
    }
    let mut found = [[0; LANES]; BATCHES];
    let wanted = prefix.key().hash(b"rh_sparse|z|203|0.903000");
    for backend in Level::all_supported() {
        backend.hashes(&prefix, &batches, longest, &mut found);
        assert_eq!(found.as_flattened()[103], wanted);
        group.bench_function(backend.name(), |bencher| {
            bencher.iter(|| {
                backend.hashes(black_box(&prefix), black_box(&batches), longest, black_box(&mut found))
            });
        });
    }
}

fn elevations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("elevations, a channel");
    group.throughput(Throughput::Elements(SAMPLES as u64));
    let x = noise(SAMPLES);
    let mut out = vec![0.0; SAMPLES];
    for backend in Level::all_supported() {
        backend.elevations(&x, 0.1, 1.1, 1.0, &mut out);
        assert!((out[7] - ((x[7] - 0.1) / 1.1).abs().tanh()).abs() < 1e-15);
        group.bench_function(backend.name(), |bencher| {
            bencher.iter(|| backend.elevations(black_box(&x), 0.1, 1.1, 1.0, black_box(&mut out)));
        });
    }
}

/// Each window is another one, as in a stream: a processor learns the branches of a window that it sees again and again.
fn encode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode, window 256, K 128");
    let x = noise(20_000);
    let encoders = Level::all_supported().into_iter().map(|backend| (backend, encoder(backend)));
    let portable = encoder(Level::portable());
    let (mut scratch, mut signature) = (Scratch::default(), Signature::default());
    for (backend, encoder) in encoders {
        assert_eq!(encoder.encode(&x[..SAMPLES]), portable.encode(&x[..SAMPLES]));
        let mut windows = x.windows(SAMPLES).cycle();
        group.bench_function(backend.name(), |bencher| {
            bencher.iter(|| {
                let window = windows.next().expect("it never ends");
                encoder.encode_into(&mut scratch, black_box(window), &mut signature);
            });
        });
    }
}

fn encoder(backend: Level) -> Encoder {
    Encoder::on(
        backend,
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

criterion_group!(benches, hashes, elevations, encode);
criterion_main!(benches);

//! The kernels on each level that this processor can run. Each result is checked once before it is timed.
//!
//! `cargo bench -p anet-simd`

// The macros of criterion write functions without documentation.
#![allow(missing_docs)]

use std::hint::black_box;

use anet_simd::{
    Batch, CELLS, ComponentRow, DirichletBlock, GROUP, LANES, Label, LagGroup, Level, OFFSETS, PARITY_SUMS,
    Prefix, QueryComponent, ROW_TILE, SHORT_GROUPS, Tag, Weights,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SAMPLES: usize = 256;
const LAGS: usize = SHORT_GROUPS * GROUP;
const BATCHES: usize = 16;

fn hashes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hashes, 16 full batches");
    group.throughput(Throughput::Elements((BATCHES * LANES) as u64));
    let (prefix, longest) = (Prefix::new("rh_sparse"), Label::longest(SAMPLES));
    let mut batches = [Batch::default(); BATCHES];
    for (item, batch) in batches.iter_mut().enumerate() {
        for lane in 0..LANES {
            let index = LANES * item + lane;
            batch.set(lane, Label::new(Tag::new("z"), 100 + index), 0.8 + index as f64 / 1000.0);
        }
    }
    let mut found = [[0; LANES]; BATCHES];
    let wanted = prefix.key().hash(b"rh_sparse|z|203|0.903000");
    for level in Level::all_supported() {
        level.hashes(&prefix, &batches, longest, &mut found);
        assert_eq!(found.as_flattened()[103], wanted);
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| {
                level.hashes(black_box(&prefix), black_box(&batches), longest, black_box(&mut found))
            });
        });
    }
}

fn elevations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("elevations, a channel");
    group.throughput(Throughput::Elements(SAMPLES as u64));
    let x = noise(SAMPLES);
    let mut out = vec![0.0; SAMPLES];
    for level in Level::all_supported() {
        level.elevations(&x, 0.1, 1.1, 1.0, &mut out);
        assert!((out[7] - ((x[7] - 0.1) / 1.1).abs().tanh()).abs() < 1e-15);
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| level.elevations(black_box(&x), 0.1, 1.1, 1.0, black_box(&mut out)));
        });
    }
}

fn sums(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sum of squares, a channel");
    group.throughput(Throughput::Elements(SAMPLES as u64));
    let x = noise(SAMPLES);
    for level in Level::all_supported() {
        let naive: f64 = x.iter().map(|x| (x - 0.1) * (x - 0.1)).sum();
        assert!((level.sum_of_squares(&x, 0.1) - naive).abs() < 1e-9);
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| level.sum_of_squares(black_box(&x), 0.1))
        });
    }
}

fn indices(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("indices of a range, a channel");
    group.throughput(Throughput::Elements(SAMPLES as u64));
    let x = noise(SAMPLES);
    let mut found = Vec::new();
    for level in Level::all_supported() {
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| {
                found.clear();
                level.indices(black_box(&x), [1.0, 1.5], &mut found);
            });
        });
        assert!(found.iter().all(|index| (1.0..1.5).contains(&x[*index])));
    }
}

fn dot_u8(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dot products of 128 vectors, 64 components");
    let row = |row: usize| ComponentRow(std::array::from_fn(|column| (row * column) as u8));
    let rows: Vec<ComponentRow> = (0..200).map(row).collect();
    let query: Vec<QueryComponent> = (0..64).map(|n| (3 * n, 400 + n)).collect();
    let product =
        |&(row, value): &QueryComponent| (u32::from(rows[usize::from(row)].0[5]) * u32::from(value)) >> 8;
    let wanted: u32 = query.iter().map(product).sum();
    for level in Level::all_supported() {
        assert_eq!(u32::from(level.dot_u8(&rows, &query).0[5]), wanted);
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| level.columns_at_least(&level.dot_u8(black_box(&rows), black_box(&query)), 5000));
        });
    }
}

fn slide(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lag distances, a step of w = 16");
    group.throughput(Throughput::Elements(LAGS as u64));
    let w = 16;
    let series: Vec<i16> = noise(2 * LAGS).iter().map(|x| (100.0 * x) as i16).collect();
    for level in Level::all_supported() {
        let mut distances = vec![LagGroup::default(); SHORT_GROUPS];
        let mut windows = series.windows(LAGS + 2 * w + 1).cycle();
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| {
                let past = windows.next().expect("it never ends");
                level.slide(&mut distances, black_box(past), w, LAGS, &[0; 5])
            });
        });
    }
}

fn interpolation(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("interpolation, 8 cells");
    let samples = noise(80);
    let table = |speed: f64| -> Weights {
        std::array::from_fn(|i| std::array::from_fn(|k| (speed * (PARITY_SUMS * i + k) as f64).sin()))
    };
    let (even, odd) = (table(0.7), table(1.1));
    let lefts = [19, 20, 23, 24, 30, 41, 59, 33];
    let mut out = [[0.0; CELLS]; 2 * PARITY_SUMS];
    for level in Level::all_supported() {
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| level.interpolate(black_box(&samples), &lefts, [&even, &odd], &mut out));
        });
        assert!(out.as_flattened().iter().all(|sum| sum.is_finite()));
    }
}

fn dirichlet_product(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("Dirichlet product, 24 rows of 128 terms");
    let (terms, stride, rows) = (128, 136, 4 * ROW_TILE);
    group.throughput(Throughput::Elements((terms * rows * OFFSETS * 4) as u64));
    let (re, im) = (noise(rows * stride), noise(rows * stride));
    let (cos, sin) = (noise(terms * OFFSETS), noise(terms * OFFSETS));
    let mut sums = vec![[[0.0; OFFSETS]; 4]; rows];
    for level in Level::all_supported() {
        let block = DirichletBlock { terms, stride, re: &re, im: &im, cos: &cos, sin: &sin };
        group.bench_function(level.name(), |bencher| {
            bencher.iter(|| level.add_dirichlet_product(black_box(block), black_box(&mut sums)));
        });
    }
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

criterion_group!(benches, hashes, elevations, sums, indices, dot_u8, slide, interpolation, dirichlet_product);
criterion_main!(benches);

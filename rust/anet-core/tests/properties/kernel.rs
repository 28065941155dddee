//! Each backend against twins that take no short cut, and so against the other backends.

use anet_simd::dot_u8::{COLUMNS, Row};
use anet_simd::lag_distance::{Distances, LAGS};
use anet_simd::{Batch, Key, LANES, Label, Level, Prefix, Tag, elevation_texts};
use proptest::prelude::*;

use crate::runner::runner;

/// BLAKE2b by another hand.
fn naive_hash(key: &[u8], message: &[u8]) -> u64 {
    let digest = blake2b_simd::Params::new().hash_length(8).key(key).hash(message);
    u64::from_be_bytes(digest.as_bytes().try_into().unwrap())
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    let finite = prop_oneof![any::<f64>().prop_filter("finite", |x| x.is_finite()), -9.0..9.0, Just(0.1)];
    prop::collection::vec(finite, 0..700)
}

#[test]
fn key_hashes_any_message_as_blake2b() {
    let cases = (prop::collection::vec(any::<u8>(), 0..=64), prop::collection::vec(any::<u8>(), 0..500));
    let same = |(key, message): (Vec<u8>, Vec<u8>)| {
        prop_assert_eq!(Key::new(&key).hash(&message), naive_hash(&key, &message));
        Ok(())
    };
    runner(2000).run(&cases, same).unwrap();
}

#[test]
fn key_hashes_messages_that_end_with_a_block() {
    for length in [0, 1, 127, 128, 129, 255, 256, 257] {
        let message = vec![7; length];
        assert_eq!(Key::new(b"key").hash(&message), naive_hash(b"key", &message), "{length} bytes");
    }
}

/// Values as the detector has them: all alike, few different ones, or anything within the bounds.
fn steps() -> impl Strategy<Value = Vec<i16>> {
    prop_oneof![Just(0..=0_i16), Just(-1..=1), Just(-1600..=1600)]
        .prop_flat_map(|values| prop::collection::vec(values, 1..200))
}

/// Squared distances of the newest w values to those that end w + 1, w + 2, ... values earlier.
fn naive_distances(past: &[i16], w: usize) -> Vec<i32> {
    let square = |lag: usize, i: usize| (i32::from(past[i]) - i32::from(past[lag + i])).pow(2);
    (w + 1..=w + LAGS).map(|lag| (0..w).map(|i| square(lag, i)).sum()).collect()
}

/// Properties that each backend runs in one line.
macro_rules! equals_the_naive_kernel {
    ($backend:ident, $found:expr) => {
        mod $backend {
            use super::*;

            #[test]
            fn hashes_are_those_of_the_whole_messages() {
                let Some(backend) = $found else { return };
                let elevation =
                    prop_oneof![0.0..=1.0, Just(1.0), Just(0.0), Just(1.0 / 128.0), Just(0.999_999_5)];
                let index = prop_oneof![0_usize..1000, 0_usize..10_000_000];
                let items = prop::collection::vec((0_usize..3, index, elevation), 0..5 * LANES);
                let seed = prop_oneof![Just("rh_sparse".to_owned()), "[a-z]{0,64}", "[種🌱]{0,16}"];
                let same = |(seed, items): (String, Vec<(usize, usize, f64)>)| {
                    let names = ["z", "q", "dz"];
                    let mut batches = vec![Batch::default(); items.len().div_ceil(LANES)];
                    for (item, &(channel, index, elevation)) in items.iter().enumerate() {
                        let label = Label::new(Tag::new(names[channel]), index);
                        batches[item / LANES].set(item % LANES, label, elevation);
                    }
                    let longest = Label::longest(items.iter().map(|item| item.1).max().unwrap_or(0) + 1);
                    let mut hashes = vec![[0; LANES]; batches.len()];
                    backend.hashes(&Prefix::new(&seed), &batches, longest, &mut hashes);
                    for (&hash, (channel, index, elevation)) in hashes.as_flattened().iter().zip(items) {
                        let text = format!("{seed}|{}|{index}|{elevation:.6}", names[channel]);
                        prop_assert_eq!(hash, naive_hash(seed.as_bytes(), text.as_bytes()), "{}", text);
                    }
                    Ok(())
                };
                runner(1000).run(&(seed, items), same).unwrap();
            }

            #[test]
            fn elevations_are_close_to_the_tangent_and_the_same_bits_everywhere() {
                let Some(backend) = $found else { return };
                let same = |(x, centre, spread): (Vec<f64>, f64, f64)| {
                    let mut got = vec![0.0; x.len()];
                    let mut portable = got.clone();
                    backend.elevations(&x, centre, spread, 0.8, &mut got);
                    Level::portable().elevations(&x, centre, spread, 0.8, &mut portable);
                    for ((x, got), portable) in x.into_iter().zip(got).zip(portable) {
                        prop_assert_eq!(got.to_bits(), portable.to_bits());
                        let wanted = ((x - centre) / spread).abs().tanh() * 0.8;
                        prop_assert!((got - wanted).abs() <= 1e-15 * wanted, "{} for {}", got, wanted);
                    }
                    Ok(())
                };
                runner(500).run(&(numbers(), -1.0..1.0, 1e-9..1e3), same).unwrap();
            }

            #[test]
            fn elevations_of_what_overflowed_are_one_or_nan() {
                let Some(backend) = $found else { return };
                let mut out = [0.0; 4];
                backend.elevations(
                    &[f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e300],
                    0.0,
                    1.0,
                    1.0,
                    &mut out,
                );
                assert!(out[2].is_nan());
                assert_eq!([out[0], out[1], out[3]], [1.0; 3]);
            }

            #[test]
            fn sums_have_the_same_bits_everywhere() {
                let Some(backend) = $found else { return };
                let portable = Level::portable();
                let same = |(x, centre): (Vec<f64>, f64)| {
                    prop_assert_eq!(backend.sum(&x).to_bits(), portable.sum(&x).to_bits());
                    let squares: Vec<f64> = x.iter().map(|x| (x - centre) * (x - centre)).collect();
                    prop_assert_eq!(
                        backend.sum_of_squares(&x, centre).to_bits(),
                        portable.sum(&squares).to_bits()
                    );
                    let distances: Vec<f64> = x.iter().map(|x| (x - centre).abs()).collect();
                    let got = backend.sum_of_distances(&x, centre);
                    prop_assert_eq!(got.to_bits(), portable.sum(&distances).to_bits());
                    Ok(())
                };
                runner(500).run(&(numbers(), -1.0..1.0), same).unwrap();
            }

            #[test]
            fn ranges_hold_what_a_filter_finds() {
                let Some(backend) = $found else { return };
                let same = |(x, low, high): (Vec<f64>, f64, f64)| {
                    let mut indices = Vec::new();
                    backend.indices(&x, [low, high], &mut indices);
                    let inside = |&index: &usize| low <= x[index] && x[index] < high;
                    prop_assert_eq!(indices, (0..x.len()).filter(inside).collect::<Vec<_>>());
                    let count = x.iter().filter(|x| **x >= low).count();
                    prop_assert_eq!(backend.count_at_least(&x, low), count);
                    Ok(())
                };
                runner(500).run(&(numbers(), -9.0..9.0, -9.0..9.0), same).unwrap();
            }

            #[test]
            fn overlaps_are_sums_of_products_without_their_lowest_bytes() {
                let Some(backend) = $found else { return };
                let row = prop::collection::vec(any::<u8>(), COLUMNS);
                let picks = prop::collection::vec((0_u16..3, any::<u16>()), 0..20);
                let same = |(rows, picks, least): (Vec<Vec<u8>>, Vec<(u16, u16)>, u16)| {
                    let rows: Vec<Row> = rows.into_iter().map(|row| Row(row.try_into().unwrap())).collect();
                    let sums = backend.overlaps(&rows, &picks);
                    for (column, &sum) in sums.0.iter().enumerate() {
                        let product = |&(row, value): &(u16, u16)| {
                            u64::from(rows[usize::from(row)].0[column]) * u64::from(value) >> 8
                        };
                        let wanted = picks.iter().map(product).sum::<u64>().min(u16::MAX.into());
                        prop_assert_eq!(u64::from(sum), wanted);
                        prop_assert_eq!(backend.at_least(&sums, least) >> column & 1 == 1, sum >= least);
                    }
                    Ok(())
                };
                runner(100).run(&(prop::collection::vec(row, 3), picks, any::<u16>()), same).unwrap();
            }

            #[test]
            fn slides_to_the_five_smallest_distances_of_lag_vectors() {
                let Some(backend) = $found else { return };
                let same = |(series, w, candidates): (Vec<i16>, usize, usize)| {
                    let mut distances = Box::<Distances>::default();
                    let mut past = vec![0; LAGS + 2 * w + 1];
                    for value in series {
                        past.rotate_right(1);
                        past[0] = value;
                        let smallest = backend.slide(&mut distances, &past, w, candidates);
                        let mut wanted = naive_distances(&past, w);
                        prop_assert_eq!(&distances.0[..], &wanted[..]);
                        wanted.truncate(candidates);
                        wanted.resize(candidates + 5, i32::MAX);
                        wanted.sort_unstable();
                        prop_assert_eq!(&smallest[..], &wanted[..5]);
                    }
                    Ok(())
                };
                let w = prop_oneof![Just(4_usize), Just(16), Just(64)];
                runner(100).run(&(steps(), w, 0..=LAGS), same).unwrap();
            }
        }
    };
}

equals_the_naive_kernel!(portable, Some(Level::portable()));
equals_the_naive_kernel!(avx2, Level::avx2_if_supported());
equals_the_naive_kernel!(avx512, Level::avx512_if_supported());

#[test]
fn tangent_never_falls() {
    let x: Vec<f64> = (0..400_000).map(|i| f64::from(i) * 5e-5).collect();
    let mut out = vec![0.0; x.len()];
    Level::detect().elevations(&x, 0.0, 1.0, 1.0, &mut out);
    assert!(out.is_sorted());
}

#[test]
fn texts_of_halves_are_rounded_to_even() {
    let texts = elevation_texts(&[0.000_000_5, 0.5 / 128.0, 1.0, 0.0]).map(u64::to_le_bytes);
    assert_eq!(texts, [*b"0.000000", *b"0.003906", *b"1.000000", *b"0.000000"]);
}

//! Sixteen lags at a time. Four such steps share one test, and only a group that passes it is looked at closely.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{LAGS, Smallest};

/// Lags that are tested together.
const GROUP: usize = 64;

const LANES: usize = 16;

pub fn slide(distances: &mut [i32; LAGS], past: &[i16], w: usize, candidates: usize, limit: i32) -> Smallest {
    // SAFETY: only a backend that found AVX2 comes here.
    unsafe { slide_all(distances, past, w, candidates, limit) }
}

#[target_feature(enable = "avx2")]
fn slide_all(distances: &mut [i32; LAGS], past: &[i16], w: usize, candidates: usize, limit: i32) -> Smallest {
    let (newest, leaving) = (_mm256_set1_epi16(past[0]), _mm256_set1_epi16(past[w]));
    let (entering, left) = (past[w + 1..][..LAGS].as_chunks().0, past[2 * w + 1..][..LAGS].as_chunks().0);
    let mut smallest = Smallest::within(limit);
    for (i, ((group, then), before)) in
        distances.as_chunks_mut().0.iter_mut().zip(entering).zip(left).enumerate()
    {
        let least = slide_group(group, newest, then, leaving, before);
        if i * GROUP < candidates && any_within(least, smallest.limit) {
            let valid = (candidates - i * GROUP).min(GROUP);
            collect(&group[..valid], i * GROUP, &mut smallest);
        }
    }
    smallest
}

/// Updates 64 distances and returns minima that cover all of them.
///
/// The change is x² − y² = (x − y)(x + y), whose factors fit 16 bits where its terms do not.
#[target_feature(enable = "avx2")]
#[inline]
fn slide_group(
    group: &mut [i32; GROUP],
    newest: __m256i,
    then: &[i16; GROUP],
    leaving: __m256i,
    before: &[i16; GROUP],
) -> __m256i {
    let mut least = _mm256_set1_epi32(i32::MAX);
    for step in 0..GROUP / LANES {
        let x = _mm256_sub_epi16(newest, load16(then, step));
        let y = _mm256_sub_epi16(leaving, load16(before, step));
        // The four quarters are put in the order that the unpacking below turns into the natural one.
        let difference = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_sub_epi16(x, y));
        let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_add_epi16(x, y));
        let low = _mm256_mullo_epi16(difference, sum);
        let high = _mm256_mulhi_epi16(difference, sum);
        let first = add_to(group, 2 * step, _mm256_unpacklo_epi16(low, high));
        let second = add_to(group, 2 * step + 1, _mm256_unpackhi_epi16(low, high));
        least = _mm256_min_epi32(least, _mm256_min_epi32(first, second));
    }
    least
}

#[target_feature(enable = "avx2")]
#[inline]
fn load16(values: &[i16; GROUP], step: usize) -> __m256i {
    let lanes = &values[step * LANES..][..LANES];
    // SAFETY: the slice holds the 32 bytes that are read; the load needs no alignment.
    unsafe { _mm256_loadu_si256(lanes.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
#[inline]
fn add_to(group: &mut [i32; GROUP], eighth: usize, change: __m256i) -> __m256i {
    let lanes = &mut group[eighth * 8..][..8];
    // SAFETY: the slice holds the 32 bytes that are read and written; neither needs alignment.
    unsafe {
        let sum = _mm256_add_epi32(_mm256_loadu_si256(lanes.as_ptr().cast()), change);
        _mm256_storeu_si256(lanes.as_mut_ptr().cast(), sum);
        sum
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn any_within(least: __m256i, limit: i32) -> bool {
    let beyond = _mm256_cmpgt_epi32(least, _mm256_set1_epi32(limit));
    _mm256_movemask_epi8(beyond) != -1
}

#[cold]
fn collect(distances: &[i32], first: usize, smallest: &mut Smallest) {
    distances.iter().enumerate().for_each(|(i, &distance)| smallest.offer(distance, first + i));
}

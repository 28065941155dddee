//! Sixteen lags at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::lag_distance::smallest::{Compare, nearest};
use crate::lag_distance::{
    GROUP, LANES, LONG_GROUPS, LagGroup, Minima, NEAREST, Nearest, SHORT_GROUPS, by_groups,
};
use crate::level::instructions::Avx2;

#[target_feature(enable = "avx2,fma")]
pub(super) fn slide(
    distances: &mut [LagGroup],
    past: &[i16],
    w: usize,
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    by_groups!(slide_groups, distances, past, w, candidates, guess)
}

#[target_feature(enable = "avx2,fma")]
fn slide_groups<const GROUPS: usize>(
    distances: &mut [LagGroup; GROUPS],
    past: &[i16],
    w: usize,
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    let (newest, leaving) = (_mm256_set1_epi16(past[0]), _mm256_set1_epi16(past[w]));
    let lags = GROUPS * GROUP;
    let (entering, left) = (past[w + 1..][..lags].as_chunks().0, past[2 * w + 1..][..lags].as_chunks().0);
    let mut minima = [Minima([0; LANES]); GROUPS];
    let groups = distances.iter_mut().zip(&mut minima);
    for (((group, minima), then), before) in groups.zip(entering).zip(left) {
        *minima = slide_group(&mut group.0, newest, then, leaving, before);
    }
    nearest(Avx2::here(), distances, &minima, candidates, guess)
}

/// Updates 64 distances.
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
) -> Minima {
    let mut least = [_mm256_set1_epi32(i32::MAX); 2];
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
        least = [_mm256_min_epi32(least[0], first), _mm256_min_epi32(least[1], second)];
    }
    // SAFETY: two registers of eight numbers are sixteen numbers.
    unsafe { std::mem::transmute(least) }
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

impl Compare for Avx2 {
    #[inline(always)]
    fn within(self, minima: &Minima, limit: i32) -> u16 {
        let beyond = |half: &[i32]| -> i32 {
            // SAFETY: the proof shows that the processor has AVX2; a half holds the 32 bytes that are read.
            unsafe {
                let least = _mm256_loadu_si256(half.as_ptr().cast());
                _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(least, _mm256_set1_epi32(limit))))
            }
        };
        let (low, high) = minima.0.split_at(LANES / 2);
        !(beyond(low) | beyond(high) << 8) as u16
    }

    #[inline(always)]
    fn bound(self, groups: &[Minima]) -> i32 {
        // SAFETY: the proof shows that the processor has AVX2.
        unsafe { bound(groups) }
    }
}

/// The fifth smallest of the minima in eight lanes, found by counting for each lane those that are smaller.
#[target_feature(enable = "avx2")]
fn bound(groups: &[Minima]) -> i32 {
    let mut least = _mm256_set1_epi32(i32::MAX);
    for minima in groups {
        for half in minima.0.as_chunks::<8>().0 {
            // SAFETY: a half holds the 32 bytes that are read.
            least = _mm256_min_epi32(least, unsafe { _mm256_loadu_si256(half.as_ptr().cast()) });
        }
    }
    let mut smaller = _mm256_setzero_si256();
    for lane in 0..8 {
        let other = _mm256_permutevar8x32_epi32(least, _mm256_set1_epi32(lane));
        smaller = _mm256_sub_epi32(smaller, _mm256_cmpgt_epi32(least, other));
    }
    let among = _mm256_cmpgt_epi32(_mm256_set1_epi32(NEAREST as i32), smaller);
    let bounds = _mm256_blendv_epi8(_mm256_set1_epi32(i32::MIN), least, among);
    let bounds = _mm_max_epi32(_mm256_castsi256_si128(bounds), _mm256_extracti128_si256::<1>(bounds));
    let bounds = _mm_max_epi32(bounds, _mm_shuffle_epi32::<0b01_00_11_10>(bounds));
    _mm_extract_epi32::<0>(_mm_max_epi32(bounds, _mm_shuffle_epi32::<0b10_11_00_01>(bounds)))
}

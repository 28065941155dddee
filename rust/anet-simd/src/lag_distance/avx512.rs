//! Thirty-two lags at a time.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::lag_distance::smallest::{Compare, nearest};
use crate::lag_distance::{
    GROUP, LANES, LONG_GROUPS, LagGroup, Minima, NEAREST, Nearest, SHORT_GROUPS, by_groups,
};
use crate::level::instructions::Avx512;

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
pub(super) fn slide(
    distances: &mut [LagGroup],
    past: &[i16],
    w: usize,
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    by_groups!(slide_groups, distances, past, w, candidates, guess)
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
fn slide_groups<const GROUPS: usize>(
    distances: &mut [LagGroup; GROUPS],
    past: &[i16],
    w: usize,
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    let newest = pair(past[0], past[w]);
    let lags = GROUPS * GROUP;
    let (entering, left) = (past[w + 1..][..lags].as_chunks().0, past[2 * w + 1..][..lags].as_chunks().0);
    let mut minima = [Minima([0; LANES]); GROUPS];
    let groups = distances.iter_mut().zip(&mut minima);
    for (((group, minima), then), before) in groups.zip(entering).zip(left) {
        *minima = slide_group(&mut group.0, newest, then, before);
    }
    nearest(Avx512::here(), distances, &minima, candidates, guess)
}

/// The value that enters and the one that leaves, in every 32 bits.
#[target_feature(enable = "avx512f")]
#[inline]
fn pair(enters: i16, leaves: i16) -> __m512i {
    _mm512_set1_epi32(i32::from(enters) & 0xffff | i32::from(leaves) << 16)
}

/// Updates 64 distances.
///
/// The change is x² − y²: the products of (x, y) and (x, −y), added in pairs.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn slide_group(
    group: &mut [i32; GROUP],
    newest: __m512i,
    then: &[i16; GROUP],
    before: &[i16; GROUP],
) -> Minima {
    let mut least = _mm512_set1_epi32(i32::MAX);
    for step in 0..GROUP / 32 {
        let (then, before) = (load32(then, step), load32(before, step));
        let halves = [interleave(then, before, 0), interleave(then, before, 16)];
        for (half, pairs) in halves.into_iter().enumerate() {
            let differences = _mm512_sub_epi16(newest, pairs);
            let signed = _mm512_mask_sub_epi16(differences, 0xaaaa_aaaa, _mm512_setzero_si512(), differences);
            let sum = add_to(group, 2 * step + half, _mm512_madd_epi16(differences, signed));
            least = _mm512_min_epi32(least, sum);
        }
    }
    // SAFETY: a register of sixteen numbers is sixteen numbers.
    unsafe { std::mem::transmute(least) }
}

/// Sixteen values of each from number `first` on, by turns.
#[target_feature(enable = "avx512bw")]
#[inline]
fn interleave(a: __m512i, b: __m512i, first: i16) -> __m512i {
    let places: [i16; 32] = std::array::from_fn(|i| first + (i / 2) as i16 + if i % 2 == 0 { 0 } else { 32 });
    // SAFETY: 32 numbers of 16 bits fill a register.
    let places = unsafe { std::mem::transmute::<[i16; 32], __m512i>(places) };
    _mm512_permutex2var_epi16(a, places, b)
}

#[target_feature(enable = "avx512bw")]
#[inline]
fn load32(values: &[i16; GROUP], step: usize) -> __m512i {
    let lanes = &values[step * 32..][..32];
    // SAFETY: the slice holds the 64 bytes that are read; the load needs no alignment.
    unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn add_to(group: &mut [i32; GROUP], quarter: usize, change: __m512i) -> __m512i {
    let lanes = &mut group[quarter * LANES..][..LANES];
    // SAFETY: the slice holds the 64 bytes that are read and written; neither needs alignment.
    unsafe {
        let sum = _mm512_add_epi32(_mm512_loadu_si512(lanes.as_ptr().cast()), change);
        _mm512_storeu_si512(lanes.as_mut_ptr().cast(), sum);
        sum
    }
}

impl Compare for Avx512 {
    #[inline(always)]
    fn within(self, minima: &Minima, limit: i32) -> u16 {
        // SAFETY: the proof shows that the processor has AVX-512F; the minima are the 64 bytes that are read.
        unsafe {
            _mm512_cmple_epi32_mask(_mm512_loadu_si512(minima.0.as_ptr().cast()), _mm512_set1_epi32(limit))
        }
    }

    /// Eight lanes fill no more than a register of AVX2.
    #[inline(always)]
    fn bound(self, groups: &[Minima]) -> i32 {
        self.avx2().bound(groups)
    }
}

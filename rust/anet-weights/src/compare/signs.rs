//! How often two changes pull a number to opposite sides: the sign conflict of TIES merging.

use anet_simd::Kernel;

use super::lanes::{LANES, joined};
use super::segment::Numbers;

/// Places where a - o and b - o have opposite signs, and where neither is 0.
pub(super) struct Signs<'a> {
    pub(super) a: &'a Numbers,
    pub(super) b: &'a Numbers,
    pub(super) o: &'a Numbers,
}

impl Kernel for Signs<'_> {
    type Output = [u64; 2];

    #[inline(always)]
    fn run(self) -> [u64; 2] {
        let mut counts = [[0.0_f32; LANES]; 2];
        let [a, b, o] = [self.a, self.b, self.o].map(|numbers| numbers.as_chunks::<LANES>().0);
        for ((a, b), o) in a.iter().zip(b).zip(o) {
            for lane in 0..LANES {
                let (t, u) = (a[lane] - o[lane], b[lane] - o[lane]);
                let opposed = (t < 0.0 && u > 0.0) || (t > 0.0 && u < 0.0);
                let moved = opposed || (t < 0.0 && u < 0.0) || (t > 0.0 && u > 0.0);
                counts[0][lane] += if opposed { 1.0 } else { 0.0 };
                counts[1][lane] += if moved { 1.0 } else { 0.0 };
            }
        }
        counts.map(|count| joined(count) as u64)
    }
}

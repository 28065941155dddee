//! Sums of a segment in single precision, side by side: on each instruction set the same order of additions.

use anet_simd::Kernel;

use super::segment::Numbers;

/// Sums side by side, as the widest registers hold.
pub(super) const LANES: usize = 16;

/// Σ a², Σ b², Σ a b, Σ (a - b)²: of the weights themselves.
pub(super) struct Weights<'a> {
    pub(super) a: &'a Numbers,
    pub(super) b: &'a Numbers,
}

/// Σ o², Σ (a - o)², Σ (b - o)², Σ (a - o)(b - o): of what changed since the base.
pub(super) struct Changes<'a> {
    pub(super) a: &'a Numbers,
    pub(super) b: &'a Numbers,
    pub(super) o: &'a Numbers,
}

impl Kernel for Weights<'_> {
    type Output = [f64; 4];

    #[inline(always)]
    fn run(self) -> [f64; 4] {
        let mut sums = [[0.0_f32; LANES]; 4];
        for (a, b) in self.a.as_chunks::<LANES>().0.iter().zip(self.b.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                let (a, b) = (a[lane], b[lane]);
                let d = a - b;
                sums[0][lane] = a.mul_add(a, sums[0][lane]);
                sums[1][lane] = b.mul_add(b, sums[1][lane]);
                sums[2][lane] = a.mul_add(b, sums[2][lane]);
                sums[3][lane] = d.mul_add(d, sums[3][lane]);
            }
        }
        sums.map(joined)
    }
}

impl Kernel for Changes<'_> {
    type Output = [f64; 4];

    #[inline(always)]
    fn run(self) -> [f64; 4] {
        let mut sums = [[0.0_f32; LANES]; 4];
        let [a, b, o] = [self.a, self.b, self.o].map(|numbers| numbers.as_chunks::<LANES>().0);
        for ((a, b), o) in a.iter().zip(b).zip(o) {
            for lane in 0..LANES {
                let o = o[lane];
                let (t, u) = (a[lane] - o, b[lane] - o);
                sums[0][lane] = o.mul_add(o, sums[0][lane]);
                sums[1][lane] = t.mul_add(t, sums[1][lane]);
                sums[2][lane] = u.mul_add(u, sums[2][lane]);
                sums[3][lane] = t.mul_add(u, sums[3][lane]);
            }
        }
        sums.map(joined)
    }
}

#[inline(always)]
pub(super) fn joined(lanes: [f32; LANES]) -> f64 {
    lanes.into_iter().map(f64::from).sum()
}

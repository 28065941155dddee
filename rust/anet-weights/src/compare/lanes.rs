//! Sums of a segment in single precision, side by side: on each instruction set the same order of additions.

use anet_simd::Kernel;

use super::sums::Segment;

/// Sums side by side, as the widest registers hold.
const LANES: usize = 16;

type Lanes = [f32; LANES];

/// Of the weights themselves.
pub(super) struct Weights<'a> {
    pub(super) a: &'a Segment,
    pub(super) b: &'a Segment,
}

/// Σ a², Σ b², Σ a b, Σ (a - b)²; the largest |a| and |b|. A NaN is in the sums alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct LaneWeights {
    pub(super) sums: [f64; 4],
    pub(super) largest: [f32; 2],
}

/// Of what changed since the base.
pub(super) struct Changes<'a> {
    pub(super) a: &'a Segment,
    pub(super) b: &'a Segment,
    pub(super) o: &'a Segment,
}

/// With t = a - o and u = b - o: Σ o², Σ t², Σ u², Σ t u; the largest |o|; places where t u < 0, and where it is not 0.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LaneChanges {
    pub(super) sums: [f64; 4],
    pub(super) largest: f32,
    pub(super) opposed: u64,
    pub(super) moved: u64,
}

impl LaneWeights {
    pub(super) fn is_finite(&self) -> bool {
        self.sums.iter().all(|sum| sum.is_finite())
    }
}

impl LaneChanges {
    pub(super) fn is_finite(&self) -> bool {
        self.sums.iter().all(|sum| sum.is_finite())
    }
}

impl Kernel for Weights<'_> {
    type Output = LaneWeights;

    #[inline(always)]
    fn run(self) -> LaneWeights {
        let (mut sums, mut largest) = ([[0.0; LANES]; 4], [[0.0; LANES]; 2]);
        for (a, b) in self.a.as_chunks::<LANES>().0.iter().zip(self.b.as_chunks::<LANES>().0) {
            for lane in 0..LANES {
                let (a, b) = (a[lane], b[lane]);
                let d = a - b;
                sums[0][lane] += a * a;
                sums[1][lane] += b * b;
                sums[2][lane] += a * b;
                sums[3][lane] += d * d;
                largest[0][lane] = larger(a.abs(), largest[0][lane]);
                largest[1][lane] = larger(b.abs(), largest[1][lane]);
            }
        }
        LaneWeights { sums: sums.map(joined), largest: largest.map(largest_of) }
    }
}

impl Kernel for Changes<'_> {
    type Output = LaneChanges;

    #[inline(always)]
    fn run(self) -> LaneChanges {
        let (mut sums, mut largest, mut counts) = ([[0.0; LANES]; 4], [0.0; LANES], [[0.0; LANES]; 2]);
        let (a, b, o) =
            (self.a.as_chunks::<LANES>().0, self.b.as_chunks::<LANES>().0, self.o.as_chunks::<LANES>().0);
        for ((a, b), o) in a.iter().zip(b).zip(o) {
            for lane in 0..LANES {
                let o = o[lane];
                let (t, u) = (a[lane] - o, b[lane] - o);
                let product = t * u;
                sums[0][lane] += o * o;
                sums[1][lane] += t * t;
                sums[2][lane] += u * u;
                sums[3][lane] += product;
                largest[lane] = larger(o.abs(), largest[lane]);
                counts[0][lane] += if product < 0.0 { 1.0 } else { 0.0 };
                counts[1][lane] += if product != 0.0 { 1.0 } else { 0.0 };
            }
        }
        let [opposed, moved] = counts.map(|count| joined(count) as u64);
        LaneChanges { sums: sums.map(joined), largest: largest_of(largest), opposed, moved }
    }
}

/// The larger; the second where the first is NaN, as the instruction of the processors does it.
#[inline(always)]
fn larger(x: f32, than: f32) -> f32 {
    if x > than { x } else { than }
}

#[inline(always)]
fn largest_of(lanes: Lanes) -> f32 {
    lanes.into_iter().fold(0.0, |largest, x| larger(x, largest))
}

#[inline(always)]
fn joined(lanes: Lanes) -> f64 {
    lanes.into_iter().map(f64::from).sum()
}

//! Z in one cell: the intervals that hold one root each, and the root of an interval.

use crate::roots::root::{Bracket, Crossing, Root, is_negative};
use crate::sampling::interpolation::{Jet, Polynomials, jet};

/// Intervals into which a suspect cell is divided; extrema between them are found too, so pairs may be closer.
const SUBDIVISIONS: usize = 64;

/// Steps to an extremum at most: bisection alone gives the 33 bits that are asked for.
const EXTREMUM_STEPS: usize = 60;

/// Steps to a root at most: bisection alone gives the 40 bits that are asked for.
const ROOT_STEPS: usize = 100;

/// Z in one cell.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    /// Its polynomial and seven others.
    pub(super) polynomials: &'a Polynomials,
    /// Which of them is its own.
    pub(super) lane: usize,
}

impl Cell<'_> {
    #[inline(always)]
    fn at(&self, u: f64) -> Jet {
        jet(self.polynomials, self.lane, u)
    }

    /// The two intervals of a cell without roots on either side of its extremum, if Z crosses the axis there.
    #[inline(always)]
    pub(super) fn pair(&self, first: f64, last: f64) -> Option<[Bracket; 2]> {
        let negative = is_negative(first);
        if negative != is_negative(last) {
            return None;
        }
        let extremum = self.extremum(-1.0, 1.0, first);
        let at = self.at(extremum);
        let distance = (-2.0 * at.value / at.curvature).sqrt();
        let (start, end) = ((extremum - distance).max(-1.0), (extremum + distance).min(1.0));
        (is_negative(at.value) != negative && distance.is_finite()).then_some([
            Bracket { low: -1.0, high: extremum, start, crossing: Crossing::from(first) },
            Bracket { low: extremum, high: 1.0, start: end, crossing: Crossing::from(at.value) },
        ])
    }

    /// Intervals with one sign change each.
    #[inline(always)]
    pub(super) fn brackets(&self, first: f64, last: f64) -> Vec<Bracket> {
        let points = self.with_extrema(&self.points(first, last));
        let changes = points.windows(2).filter(|pair| is_negative(pair[0].1) != is_negative(pair[1].1));
        changes.map(|pair| Bracket::between(pair[0].0, pair[1].0, Crossing::from(pair[0].1))).collect()
    }

    /// Z at evenly spread places (u, Z), the samples themselves at the ends.
    #[inline(always)]
    fn points(&self, first: f64, last: f64) -> Vec<(f64, f64)> {
        let mut points = vec![(-1.0, first)];
        for place in 1..SUBDIVISIONS {
            let u = 2.0 * place as f64 / SUBDIVISIONS as f64 - 1.0;
            points.push((u, self.at(u).value));
        }
        points.push((1.0, last));
        points
    }

    /// The points, and the extrema between them where Z comes near to the axis.
    #[inline(always)]
    fn with_extrema(&self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut refined = vec![points[0]];
        for three in points.windows(3) {
            let [(a, za), (b, zb), (c, zc)] = [three[0], three[1], three[2]];
            refined.push((b, zb));
            let same = is_negative(za) == is_negative(zb) && is_negative(zb) == is_negative(zc);
            if same && zb.abs() <= za.abs() && zb.abs() <= zc.abs() {
                let extremum = self.extremum(a, c, zb);
                refined.push((extremum, self.at(extremum).value));
            }
        }
        refined.push(points[SUBDIVISIONS]);
        refined.sort_by(|x, y| x.0.total_cmp(&y.0));
        refined
    }

    /// Where Z comes nearest to the axis between `low` and `high`, on the side of `value`: a root of its slope.
    #[inline(always)]
    fn extremum(&self, mut low: f64, mut high: f64, value: f64) -> f64 {
        let mut u = 0.5 * (low + high);
        for _ in 0..EXTREMUM_STEPS {
            let at = self.at(u);
            if (at.slope < 0.0) != is_negative(value) {
                low = u
            } else {
                high = u
            }
            let next = u - at.slope / at.curvature;
            if (next - u).abs() < 1e-10 {
                break;
            }
            u = if next > low && next < high { next } else { 0.5 * (low + high) };
        }
        u
    }

    /// The root of a bracket: Newton's method, bisecting where it would leave; the last step is kept apart.
    #[inline(always)]
    pub(super) fn root(&self, cell: isize, bracket: Bracket) -> Root {
        let Bracket { mut low, mut high, start: mut u, crossing } = bracket;
        for _ in 0..ROOT_STEPS {
            let Jet { value, slope, .. } = self.at(u);
            if Crossing::from(value) == crossing {
                low = u
            } else {
                high = u
            }
            let next = u - value / slope;
            if (next - u).abs() < 1e-12 {
                return Root { cell, u, step: next - u, slope };
            }
            u = if next > low && next < high { next } else { 0.5 * (low + high) };
        }
        Root { cell, u, step: 0.0, slope: self.at(u).slope }
    }
}

//! Zeros that hide between two samples of one sign.
//!
//! With r_j = h Z'/Z at sample j, r_j − r_{j+1} = Σ 1 / ((j − x)(j + 1 − x)) over all zeros, x in samples. A zero outside the
//! cell j adds a positive term, one inside a term of at most −4. Take away the terms of the zeros found in the cell and
//! beside it: what is left is positive, but for a hidden pair, which makes it −8 or less.

use crate::riemann_siegel::angle_turns::lanes;
use crate::riemann_siegel::grid::MARGIN;
use crate::riemann_siegel::polynomial::{Jet, Polynomials, expand, jet, slopes};
use crate::riemann_siegel::roots::{Root, below, eight, left};
use anet_simd::Level;

/// Between what a cell without and with a hidden pair leaves.
const ACCUSED: f64 = -1.0;

/// Places at which an accused cell is looked at.
const PLACES: usize = 64;

/// An interval with one sign change.
#[derive(Debug, Clone, Copy)]
pub struct Bracket {
    low: f64,
    high: f64,
    /// Where to begin.
    start: f64,
    /// Whether Z rises there.
    rising: bool,
}

impl Bracket {
    /// A cell whose ends differ in sign.
    #[inline(always)]
    pub fn whole(rising: bool) -> Self {
        Self::between(-1.0, 1.0, rising)
    }

    #[inline(always)]
    fn between(low: f64, high: f64, rising: bool) -> Self {
        Self { low, high, start: 0.5 * (low + high), rising }
    }
}

/// The cells of 0 to `cells − 1` that must hide zeros, numbered by the sample at their left. `rest` is memory of the work.
#[inline(always)]
pub fn accuse(samples: &[f64], cells: usize, roots: &[Root], rest: &mut Vec<f64>, out: &mut Vec<u32>) {
    differences(samples, cells, rest);
    for roots in roots.chunks(8) {
        take_away(roots, rest);
    }
    out.clear();
    for (index, some) in rest[AHEAD..AHEAD + cells].chunks(16).enumerate() {
        let mut any = false;
        for value in some {
            any |= accused(*value);
        }
        if any {
            let guilty = some.iter().enumerate().filter(|(_, value)| accused(**value));
            out.extend(guilty.map(|(cell, _)| (left(0) + 16 * index + cell) as u32));
        }
    }
}

/// Whether a rest betrays a hidden pair.
#[inline(always)]
fn accused(rest: f64) -> bool {
    rest < ACCUSED || rest.is_nan()
}

/// Room in front of the first cell, for the terms of the roots below it.
const AHEAD: usize = 2;

/// r_j − r_{j+1} for each cell, the first at [`AHEAD`].
#[inline(always)]
fn differences(samples: &[f64], cells: usize, out: &mut Vec<f64>) {
    out.clear();
    out.resize(AHEAD + cells.next_multiple_of(8) + 8, 0.0);
    for first in (0..cells + 1).step_by(8) {
        let at = left(first as isize);
        let slope = slopes(samples, at);
        let ratio = lanes!(lane => slope[lane] / samples[at + lane]);
        out[AHEAD + first..][..8].copy_from_slice(&ratio);
    }
    for first in (AHEAD..AHEAD + cells).step_by(8) {
        let ratio = lanes!(lane => out[first + lane] - out[first + 1 + lane]);
        out[first..first + 8].copy_from_slice(&ratio);
    }
}

/// Takes the terms of up to eight roots from their cells and those beside.
#[inline(always)]
fn take_away(roots: &[Root], rest: &mut [f64]) {
    let mut x = [0.5f64; 8];
    for (x, root) in x.iter_mut().zip(roots) {
        *x = 0.5 * (root.u + root.step + 1.0);
    }
    let above = lanes!(lane => 1.0 / ((x[lane] - 1.0) * (x[lane] - 2.0)));
    let inside = lanes!(lane => 1.0 / (x[lane] * (x[lane] - 1.0)));
    let below = lanes!(lane => 1.0 / ((x[lane] + 1.0) * x[lane]));
    for (lane, root) in roots.iter().enumerate() {
        let cells = &mut rest[(root.cell + AHEAD as isize) as usize - 1..][..3];
        cells[0] -= below[lane];
        cells[1] -= inside[lane];
        cells[2] -= above[lane];
    }
}

/// Replaces the roots of up to eight accused cells by all that a closer look finds.
#[inline(always)]
pub fn search(samples: &[f64], cells: &[u32], level: Level, roots: &mut Vec<Root>) {
    let lefts = eight(cells);
    let polynomials = expand(samples, &lefts, level);
    for lane in 0..cells.len() {
        let cell = lefts[lane] as isize - MARGIN as isize;
        let (before, after) = (samples[lefts[lane]], samples[lefts[lane] + 1]);
        let polynomial = Polynomial { all: &polynomials, lane };
        let start = roots.partition_point(|root| root.cell < cell);
        let end = start + roots[start..].iter().take_while(|root| root.cell == cell).count();
        let brackets = match polynomial.pair(before, after) {
            Some(pair) if start == end => pair.to_vec(),
            _ => polynomial.brackets(before, after),
        };
        if brackets.len() > end - start {
            let mut better = Vec::with_capacity(brackets.len());
            for bracket in brackets {
                better.push(polynomial.root(cell, bracket));
            }
            roots.splice(start..end, better);
        }
    }
}

/// Z in one cell.
#[derive(Clone, Copy)]
pub struct Polynomial<'a> {
    /// It and seven others.
    pub all: &'a Polynomials,
    /// Which it is.
    pub lane: usize,
}

impl Polynomial<'_> {
    #[inline(always)]
    fn at(&self, u: f64) -> Jet {
        jet(self.all, self.lane, u)
    }

    /// The two intervals of a cell without roots on either side of its extremum, if Z crosses the axis there.
    #[inline(always)]
    fn pair(&self, first: f64, last: f64) -> Option<[Bracket; 2]> {
        let rising = below(first);
        if rising != below(last) {
            return None;
        }
        let extremum = self.extremum(-1.0, 1.0, first);
        let at = self.at(extremum);
        let distance = (-2.0 * at.value / at.bend).sqrt();
        (below(at.value) != rising && distance.is_finite()).then_some([
            Bracket { low: -1.0, high: extremum, start: (extremum - distance).max(-1.0), rising },
            Bracket { low: extremum, high: 1.0, start: (extremum + distance).min(1.0), rising: !rising },
        ])
    }

    /// Intervals with one sign change each.
    #[inline(always)]
    fn brackets(&self, first: f64, last: f64) -> Vec<Bracket> {
        let points = self.points(first, last);
        let mut refined = vec![points[0]];
        for three in points.windows(3) {
            let [(a, pa), (b, pb), (c, pc)] = [three[0], three[1], three[2]];
            refined.push((b, pb));
            let same = below(pa) == below(pb) && below(pb) == below(pc);
            if same && pb.abs() <= pa.abs() && pb.abs() <= pc.abs() {
                let extremum = self.extremum(a, c, pb);
                refined.push((extremum, self.at(extremum).value));
            }
        }
        refined.push(points[PLACES]);
        refined.sort_by(|x, y| x.0.total_cmp(&y.0));
        let changes = refined.windows(2).filter(|pair| below(pair[0].1) != below(pair[1].1));
        changes.map(|pair| Bracket::between(pair[0].0, pair[1].0, below(pair[0].1))).collect()
    }

    /// Z at evenly spread places, the samples themselves at the ends.
    #[inline(always)]
    fn points(&self, first: f64, last: f64) -> Vec<(f64, f64)> {
        let mut points = vec![(-1.0, first)];
        for place in 1..PLACES {
            let u = 2.0 * place as f64 / PLACES as f64 - 1.0;
            points.push((u, self.at(u).value));
        }
        points.push((1.0, last));
        points
    }

    /// Where Z comes nearest to the axis between `low` and `high`: a root of its slope.
    #[inline(always)]
    fn extremum(&self, mut low: f64, mut high: f64, value: f64) -> f64 {
        let mut u = 0.5 * (low + high);
        for _ in 0..60 {
            let at = self.at(u);
            if (at.slope < 0.0) != below(value) {
                low = u
            } else {
                high = u
            }
            let next = u - at.slope / at.bend;
            if (next - u).abs() < 1e-10 {
                break;
            }
            u = if next > low && next < high { next } else { 0.5 * (low + high) };
        }
        u
    }

    /// The root of a bracket: Newton's method, bisecting where it would leave; the last step is kept apart.
    #[inline(always)]
    pub fn root(&self, cell: isize, bracket: Bracket) -> Root {
        let Bracket { mut low, mut high, start: mut u, rising } = bracket;
        for _ in 0..100 {
            let Jet { value, slope, .. } = self.at(u);
            if below(value) == rising {
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

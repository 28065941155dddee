//! Zeros that hide between two samples of one sign.
//!
//! With r_j = h Z'/Z at sample j, r_j − r_{j+1} = Σ 1 / ((j − x)(j + 1 − x)) over all zeros, x in samples. A zero outside the
//! cell j adds a positive term, one inside a term of at most −4. Take away the terms of the zeros found in the cell and
//! beside it: what is left is positive, but for a hidden pair, which makes it −8 or less.

use super::locate::{Root, below, left};
use super::polynomial::{COEFFICIENTS, Polynomials, expand, jet, slopes};
use super::turns::{Lanes, lanes};

/// Between what a cell without and with a hidden pair leaves.
const ACCUSED: f64 = -1.0;

/// Places at which an accused cell is looked at.
const PLACES: usize = 64;

/// Adds the hidden zeros of the cells 0 to `cells − 1`, and keeps the order.
#[inline(always)]
pub fn add(samples: &[f64], cells: usize, roots: &mut Vec<Root>) {
    let mut found = Vec::new();
    let mut next = 0;
    for first in (0..cells).step_by(7) {
        let ratio = ratios(samples, left(first as isize));
        for cell in first..cells.min(first + 7) {
            let cell_index = cell as isize;
            while next < roots.len() && roots[next].cell < cell_index - 1 {
                next += 1;
            }
            let near = roots[next..].iter().take_while(|root| root.cell <= cell_index + 1);
            let rest = ratio[cell - first]
                - ratio[cell - first + 1]
                - near.map(|root| term(root, cell)).sum::<f64>();
            if rest < ACCUSED || rest.is_nan() {
                found.push(cell_index);
            }
        }
    }
    for cell in found {
        search(samples, cell, roots);
    }
}

/// h Z'/Z at eight samples.
#[inline(always)]
fn ratios(samples: &[f64], at: usize) -> [f64; 8] {
    let slope = slopes(samples, at);
    lanes!(lane => slope[lane] / samples[at + lane])
}

#[inline(always)]
fn term(root: &Root, cell: usize) -> f64 {
    let x = (root.cell - cell as isize) as f64 + 0.5 * (root.u + root.step + 1.0);
    1.0 / (x * (x - 1.0))
}

/// Replaces the roots of an accused cell by all that a closer look finds.
#[inline(always)]
fn search(samples: &[f64], cell: isize, roots: &mut Vec<Root>) {
    let mut polynomials: Polynomials = [[0.0; 8]; COEFFICIENTS];
    expand(samples, left(cell), 0, &mut polynomials);
    let brackets = brackets(&polynomials, samples[left(cell)], samples[left(cell) + 1]);
    let start = roots.partition_point(|root| root.cell < cell);
    let end = roots.partition_point(|root| root.cell <= cell);
    if brackets.len() <= end - start {
        return;
    }
    let better: Vec<_> = brackets
        .into_iter()
        .map(|(low, high, rising)| {
            let (u, step) = bisect(&polynomials, 0, low, high, rising);
            Root { cell, u, step }
        })
        .collect();
    roots.splice(start..end, better);
}

/// Intervals with one sign change each, and whether Z rises there.
#[inline(always)]
fn brackets(polynomials: &Polynomials, first: f64, last: f64) -> Vec<(f64, f64, bool)> {
    let points = points(polynomials, first, last);
    let mut refined = vec![points[0]];
    for three in points.windows(3) {
        let [(a, pa), (b, pb), (c, pc)] = [three[0], three[1], three[2]];
        refined.push((b, pb));
        let same = below(pa) == below(pb) && below(pb) == below(pc);
        if same && pb.abs() <= pa.abs() && pb.abs() <= pc.abs() {
            let extremum = extremum(polynomials, a, c, pb);
            refined.push((extremum, jet(polynomials, 0, extremum).value));
        }
    }
    refined.push(points[PLACES]);
    refined.sort_by(|x, y| x.0.total_cmp(&y.0));
    let changes = refined.windows(2).filter(|pair| below(pair[0].1) != below(pair[1].1));
    changes.map(|pair| (pair[0].0, pair[1].0, below(pair[0].1))).collect()
}

/// The polynomial at evenly spread places, the samples themselves at the ends.
#[inline(always)]
fn points(polynomials: &Polynomials, first: f64, last: f64) -> Vec<(f64, f64)> {
    let mut points = vec![(-1.0, first)];
    for start in (1..PLACES).step_by(8) {
        let u: Lanes = lanes!(lane => 2.0 * (start + lane) as f64 / PLACES as f64 - 1.0);
        let mut value = [0.0f64; 8];
        for coefficient in polynomials.iter().rev() {
            value = lanes!(lane => value[lane].mul_add(u[lane], coefficient[0]));
        }
        points.extend(u.into_iter().zip(value));
    }
    points[PLACES] = (1.0, last);
    points
}

/// Where the polynomial comes nearest to the axis between `low` and `high`: a root of its slope.
#[inline(always)]
fn extremum(polynomials: &Polynomials, mut low: f64, mut high: f64, value: f64) -> f64 {
    let mut u = 0.5 * (low + high);
    for _ in 0..60 {
        let at = jet(polynomials, 0, u);
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

/// The root between `low` and `high`, where Z rises or falls: Newton's method, bisecting where it would leave; the last
/// step is kept apart.
#[inline(always)]
pub fn bisect(
    polynomials: &Polynomials,
    lane: usize,
    mut low: f64,
    mut high: f64,
    rising: bool,
) -> (f64, f64) {
    let mut u = 0.5 * (low + high);
    for _ in 0..100 {
        let at = jet(polynomials, lane, u);
        if below(at.value) == rising {
            low = u
        } else {
            high = u
        }
        let next = u - at.value / at.slope;
        if (next - u).abs() < 1e-12 {
            return (u, next - u);
        }
        u = if next > low && next < high { next } else { 0.5 * (low + high) };
    }
    (u, 0.0)
}

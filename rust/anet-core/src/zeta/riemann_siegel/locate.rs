//! The zeros of a block: sign changes between samples, polished; then those that hide between two samples.

use super::grid::{Block, MARGIN};
use super::pairs;
use super::polynomial::{COEFFICIENTS, Polynomials, expand, jets};
use super::turns::{Lanes, lanes};
use crate::kernel::fused::Kernel;
use crate::zeta::double::Double;

/// A root in a cell: `cell + (u + 1) / 2` samples above the start of the block. The last step of u is kept apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    /// The cell; −1 is the one below the block.
    pub cell: isize,
    /// Place within it, from −1 to 1.
    pub u: f64,
    /// A correction of u.
    pub step: f64,
}

/// A Newton step above this was not the last one: such a root is found again by bisection.
const LAST_STEP: f64 = 3e-8;

/// Whether pairs are looked for. Without them the count must fail: a test of the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// The cells that Z'/Z accuses are searched.
    Searched,
    /// They are not.
    #[cfg(test)]
    Ignored,
}

/// Finds the roots in the cells of a block, in order.
pub struct Locate<'a> {
    /// The samples of the block with their margins.
    pub samples: &'a [f64],
    /// How many cells.
    pub cells: usize,
    /// Whether pairs are looked for.
    pub hidden: Hidden,
    /// Where the roots go.
    pub roots: &'a mut Vec<Root>,
}

impl Kernel for Locate<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { samples, cells, hidden, roots } = self;
        roots.clear();
        changes(samples, cells, roots);
        polish_all(samples, roots);
        if hidden == Hidden::Searched {
            pairs::add(samples, cells, roots);
        }
        roots.retain(|root| (0..cells as isize).contains(&root.cell));
    }
}

/// The index of the sample at the left of a cell.
#[inline(always)]
pub fn left(cell: isize) -> usize {
    (cell + MARGIN as isize) as usize
}

/// Whether a sample lies below the axis; zero does not.
#[inline(always)]
pub fn below(sample: f64) -> bool {
    sample < 0.0
}

/// The cells whose ends differ in sign, the neighbours of the block included.
#[inline(always)]
fn changes(samples: &[f64], cells: usize, roots: &mut Vec<Root>) {
    for cell in -1..=cells as isize {
        let left = left(cell);
        if below(samples[left]) != below(samples[left + 1]) {
            roots.push(Root { cell, u: 0.0, step: 0.0 });
        }
    }
}

#[inline(always)]
fn polish_all(samples: &[f64], roots: &mut [Root]) {
    for roots in roots.chunks_mut(8) {
        let mut polynomials: Polynomials = [[0.0; 8]; COEFFICIENTS];
        for lane in 0..8 {
            let root = &roots[lane.min(roots.len() - 1)];
            expand(samples, left(root.cell), lane, &mut polynomials);
        }
        let (u, step) = polish(&polynomials);
        for (lane, root) in roots.iter_mut().enumerate() {
            (root.u, root.step) = (u[lane], step[lane]);
            if !(step[lane].abs() < LAST_STEP && (u[lane] + step[lane]).abs() <= 1.0 + 1e-9) {
                let rising = below(samples[left(root.cell)]);
                (root.u, root.step) = pairs::bisect(&polynomials, lane, -1.0, 1.0, rising);
            }
        }
    }
}

/// From the root of the parabola through −1, 0 and 1, two steps of Halley's method and one of Newton's, kept apart.
#[inline(always)]
fn polish(polynomials: &Polynomials) -> (Lanes, Lanes) {
    let mut u = start(polynomials);
    for _ in 0..2 {
        let (value, slope, bend) = jets(polynomials, &u);
        u = lanes!(lane => {
            let (p, s, b) = (value[lane], slope[lane], bend[lane]);
            (u[lane] - 2.0 * p * s / (2.0 * s).mul_add(s, -(p * b))).clamp(-1.0, 1.0)
        });
    }
    let (value, slope, _) = jets(polynomials, &u);
    (u, lanes!(lane => -value[lane] / slope[lane]))
}

#[inline(always)]
fn start(polynomials: &Polynomials) -> Lanes {
    let mut even = [0.0f64; 8];
    let mut odd = [0.0f64; 8];
    for k in 0..COEFFICIENTS / 2 {
        let (e, o) = (polynomials[2 * k], polynomials[2 * k + 1]);
        even = lanes!(lane => even[lane] + e[lane]);
        odd = lanes!(lane => odd[lane] + o[lane]);
    }
    lanes!(lane => {
        let (c, b) = (polynomials[0][lane], odd[lane]);
        let a = even[lane] - c;
        // Of the two roots of c + b u + a u² the one in the cell, without cancellation.
        let root = b.mul_add(b, -4.0 * a * c).max(0.0).sqrt();
        (-2.0 * c / (b + root.copysign(b))).clamp(-1.0, 1.0)
    })
}

/// The height of a root, in two doubles.
#[inline(always)]
pub fn height(block: &Block, root: &Root) -> Double {
    let half = 0.5 * block.spacing;
    let middle = block.height(root.cell) + half;
    let product = Double::product(half, root.u);
    let sum = Double::sum(middle, product.high);
    Double::ordered_sum(sum.high, sum.low + half.mul_add(root.step, product.low))
}

//! The zeros of a block: sign changes between samples, polished; then those that hide between two samples.

use crate::double::Double;
use crate::riemann_siegel::angle_turns::{Lanes, lanes};
use crate::riemann_siegel::close_pairs;
use crate::riemann_siegel::close_pairs::{Bracket, Polynomial};
use crate::riemann_siegel::grid::{Block, MARGIN};
use crate::riemann_siegel::polynomial::{COEFFICIENTS, Polynomials, ROUGH, expand, jets, lines};
use anet_simd::{Kernel, Level};

/// A root in a cell: `cell + (u + 1) / 2` samples above the start of the block. The last step of u is kept apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    /// The cell; −1 is the one below the block.
    pub cell: isize,
    /// Place within it, from −1 to 1.
    pub u: f64,
    /// A correction of u.
    pub step: f64,
    /// The derivative of Z by u.
    pub slope: f64,
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
    /// The block.
    pub block: Block,
    /// The instruction set.
    pub level: Level,
    /// Whether pairs are looked for.
    pub hidden: Hidden,
    /// The memory of the work.
    pub found: &'a mut Found,
    /// Where the zeros are added.
    pub zeros: &'a mut Vec<Double>,
}

/// What is found, and the memory of the work.
#[derive(Debug, Default)]
pub struct Found {
    /// The roots in order.
    pub roots: Vec<Root>,
    cells: Vec<u32>,
    rest: Vec<f64>,
}

impl Kernel for Locate<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { samples, block, level, hidden, found, zeros } = self;
        let Found { roots, cells, rest } = found;
        changes(samples, block.cells, cells);
        polish_all(samples, cells, level, roots);
        if hidden == Hidden::Searched {
            close_pairs::accuse(samples, block.cells, roots, rest, cells);
            for cells in cells.chunks(8) {
                close_pairs::search(samples, cells, level, roots);
            }
        }
        roots.retain(|root| (0..block.cells as isize).contains(&root.cell));
        zeros.reserve(roots.len());
        for root in roots.iter() {
            zeros.push(height(&block, root));
        }
    }
}

/// Up to eight cells, the first again in place of missing ones.
#[inline(always)]
pub fn eight(cells: &[u32]) -> [usize; 8] {
    let mut lefts = [cells[0] as usize; 8];
    for (left, cell) in lefts.iter_mut().zip(cells) {
        *left = *cell as usize;
    }
    lefts
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

/// The cells whose ends differ in sign, the neighbours of the block included, each numbered by the sample at its left.
/// Every other cell has one: a branch would go wrong as often as not.
#[inline(always)]
fn changes(samples: &[f64], cells: usize, out: &mut Vec<u32>) {
    out.clear();
    out.resize(cells + 3, 0);
    let (first, last) = (left(-1), left(cells as isize));
    let mut count = 0;
    for (index, pair) in samples[first..last + 2].windows(2).enumerate() {
        out[count] = (first + index) as u32;
        count += usize::from(below(pair[0]) != below(pair[1]));
    }
    out.truncate(count);
}

#[inline(always)]
fn polish_all(samples: &[f64], cells: &[u32], level: Level, roots: &mut Vec<Root>) {
    roots.clear();
    for cells in cells.chunks(8) {
        let lefts = eight(cells);
        let polynomials = expand(samples, &lefts, level);
        let (u, step, slope) = polish(&polynomials);
        for lane in 0..cells.len() {
            let cell = lefts[lane] as isize - MARGIN as isize;
            let settled = step[lane].abs() < LAST_STEP && (u[lane] + step[lane]).abs() <= 1.0 + 1e-9;
            roots.push(if settled {
                Root { cell, u: u[lane], step: step[lane], slope: slope[lane] }
            } else {
                let rising = below(samples[lefts[lane]]);
                Polynomial { all: &polynomials, lane }.root(cell, Bracket::whole(rising))
            });
        }
    }
}

/// From the root of the parabola through −1, 0 and 1, two steps of Halley's method, of which the first may be rough, and one
/// of Newton's, kept apart.
#[inline(always)]
fn polish(polynomials: &Polynomials) -> (Lanes, Lanes, Lanes) {
    let u = start(polynomials);
    let u = halley(&u, jets::<ROUGH>(polynomials, &u));
    let u = halley(&u, jets::<COEFFICIENTS>(polynomials, &u));
    let (value, slope) = lines(polynomials, &u);
    (u, lanes!(lane => -value[lane] / slope[lane]), slope)
}

#[inline(always)]
fn halley(u: &Lanes, (value, slope, bend): (Lanes, Lanes, Lanes)) -> Lanes {
    lanes!(lane => {
        let (p, s, b) = (value[lane], slope[lane], bend[lane]);
        (u[lane] - 2.0 * p * s / (2.0 * s).mul_add(s, -(p * b))).clamp(-1.0, 1.0)
    })
}

#[inline(always)]
fn start(polynomials: &Polynomials) -> Lanes {
    let mut even = [0.0f64; 8];
    let mut odd = [0.0f64; 8];
    for k in 0..ROUGH / 2 {
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
fn height(block: &Block, root: &Root) -> Double {
    let half = 0.5 * block.spacing;
    // Near the highest height half a spacing is finer than a double.
    let middle = Double::sum(block.height(root.cell), half);
    let product = Double::product(half, root.u);
    let sum = Double::sum(middle.high, product.high);
    Double::ordered_sum(sum.high, sum.low + (middle.low + half.mul_add(root.step, product.low)))
}

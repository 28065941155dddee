//! The same tensor of several models, and of their base, in one pass.
//!
//! `layout` cuts a tensor into chunks for threads, blocks to be read, and segments that no row's end lies in. `segment`
//! decodes one; `lanes` adds it up in single precision, `exact` in double where that would not do, and `sums` chooses.
//! `signs` and `rounding` look at some segments only; `rows` keeps the cosines of rows; `part` holds what a chunk gives, and
//! `pass` reads the blocks.

mod exact;
mod lanes;
mod layout;
mod part;
mod pass;
mod rounding;
mod rows;
mod segment;
mod signs;
mod sums;

pub use pass::compare;
pub use rows::RowCosines;

/// What one pass says of a tensor.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Of each model.
    pub models: Vec<ModelSums>,
    /// Of the base, where there is one.
    pub base: Option<ModelSums>,
    /// Of each pair: first with second, first with third, ..., second with third, ...
    pub pairs: Vec<PairSums>,
}

/// Sums over one model's numbers. What is not finite counts as 0 in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ModelSums {
    /// Σ x²
    pub squares: f64,
    /// The largest |x|.
    pub largest: f32,
    /// Numbers that are not finite.
    pub not_finite: u64,
    /// Σ (x - o)², o the base; 0 without one.
    pub change_squares: f64,
}

/// Sums over two models' numbers x and y, and their base o.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PairSums {
    /// Σ x y
    pub products: f64,
    /// Σ (x - y)²
    pub distance_squares: f64,
    /// Σ (x - o)(y - o); 0 without a base.
    pub change_products: f64,
    /// Of one number in eight: places where x - o and y - o have opposite signs, and where neither is 0.
    pub signs: (u64, u64),
    /// Of the same numbers: Σ (r(m) - m)² and Σ (m - o)², with m = (x + y) / 2 and r the rounding to the first model's type.
    /// Without a base the second is Σ (x - y)² / 4, which is as much where two equal changes are orthogonal.
    pub rounding: (f64, f64),
    /// Cosines of rows; `None` where the tensor has less than 8 rows or columns.
    pub rows: Option<RowCosines>,
}

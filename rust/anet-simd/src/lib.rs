//! Kernels that use the widest vector registers of the processor, and give the same bits on all processors.
//!
//! [`Level`] chooses the instruction set, once, at run time; each kernel is a method of it:
//!
//! ```
//! use anet_simd::Level;
//!
//! let samples = [0.1; 1000];
//! let level = Level::detect();
//! let mean = level.sum(&samples) / 1000.0;
//! let mut elevations = [0.0; 1000];
//! level.elevations(&samples, mean, 1.0, 1.0, &mut elevations);
//! for other in Level::all_supported() {
//!     assert_eq!(other.sum(&samples).to_bits(), level.sum(&samples).to_bits());
//! }
//! ```
//!
//! # The same bits on every level
//! Integer kernels are exact. In those of floating-point numbers the operations and their order are part of the contract:
//! sums run in one fixed order, a multiplication and an addition are fused either on every level or on none, and a function
//! such as [`ln`] or the hyperbolic tangent is a fixed polynomial here, never the system's.
//!
//! # The way of the data
//! A call of a method of [`Level`] goes through the macro `dispatch!` to a function that is compiled to the instructions of
//! the level. Where the compiler finds the vectors by itself, that is one body compiled three times; a caller's own loops
//! run the same way, as a [`Kernel`]. Where it does not, the kernel has a folder with a file a level: `portable`, `avx2`,
//! `avx512`.
//!
//! | kernels | what they compute |
//! |---|---|
//! | [`Level::elevations`], [`Level::sum`], [`Level::indices`], ... | functions, sums and masks of a slice |
//! | [`Level::hashes`] | keyed BLAKE2b of many short messages |
//! | [`Level::slide`] | squared distances of lag vectors, the five smallest and their places |
//! | [`Level::dot_u8`] | dot products of 128 vectors of bytes with one vector |
//! | [`Level::add_dirichlet_product`] | the matrix product behind samples of a Dirichlet polynomial |
//! | [`Level::interpolate`] | forty samples about each of eight cells, against tables of weights |
//!
//! All of the workspace's `unsafe` code stands in this crate, and every safe function in it is safe for any caller: code for
//! certain instructions is reached with a proof that the processor has them, or from code that is compiled to them.

mod level;

mod autovec;
mod blake2b;
mod dirichlet_product;
mod dot_u8;
mod elementwise;
mod interpolation;
mod lag_distance;
mod prefetch;

pub use autovec::Kernel;
pub use blake2b::{Batch, Key, LANES, Label, Prefix, SixDigits, Tag, elevation_texts};
pub use dirichlet_product::{DirichletBlock, DirichletSums, HALF_OFFSETS, OFFSETS, ROW_TILE};
pub use dot_u8::{COLUMNS, ColumnSums, ComponentRow, QueryComponent};
pub use elementwise::{ln, pairwise_sum, split_exponent};
pub use interpolation::{CELLS, Coefficients, PARITY_SUMS, REACH, Weights};
pub use lag_distance::{GROUP, LONG_GROUPS, LagGroup, NEAREST, Nearest, SHORT_GROUPS};
pub use level::Level;
pub use prefetch::prefetch;

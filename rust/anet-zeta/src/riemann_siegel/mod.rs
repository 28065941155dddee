//! True zeros: where Hardy's function Z(t) changes its sign, with a count that proves none missing but for rounding.
//!
//! Z is sampled twice a mean spacing (`samples`), read between the samples by band-limited interpolation
//! (`polynomial`), its sign changes are polished to roots (`roots`), pairs of zeros that fell between two samples are
//! found by their effect on Z'/Z (`close_pairs`), and Turing's method counts the zeros independently (`turing`).
//!
//! All phases are kept in turns, x / 2π, so that reducing one is exact: x − round(x).

mod angle_turns;
mod close_pairs;
mod correction;
mod direct_sum;
mod euler_maclaurin;
pub mod functions;
mod grid;
mod logarithms;
mod matrix_sum;
mod newton_refine;
mod polynomial;
mod roots;
mod samples;
pub(crate) mod tables;
mod theta;
pub mod turing;
mod wave_tables;
pub mod zeros;

pub use functions::{HardyZ, check_gram_index, gram_point, theta};
pub use turing::Count;
pub use zeros::{Certificate, Options, Stopped, Zeros, ordinals, zero_count, zeros};

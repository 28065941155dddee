//! True zeros: where Hardy's function Z(t) changes its sign, with a count that proves none missing but for rounding.
//!
//! Z is sampled twice a mean spacing (`samples`), read between the samples by band-limited interpolation
//! (`polynomial`), its sign changes are polished to roots (`locate`), pairs of zeros that fell between two samples are
//! found by their effect on Z'/Z (`pairs`), and Turing's method counts the zeros independently (`turing`).
//!
//! All phases are kept in turns, x / 2π, so that reducing one is exact: x − round(x).

mod correction;
mod direct;
mod euler_maclaurin;
pub mod functions;
mod grid;
mod locate;
mod logarithms;
mod matrix;
mod pairs;
mod panel;
mod polynomial;
mod samples;
mod sharpen;
pub(super) mod tables;
mod theta;
pub mod turing;
mod turns;
pub mod zeros;

pub use functions::{HardyZ, check_gram_index, gram_point, theta};
pub use turing::Count;
pub use zeros::{Certificate, Options, Stopped, Zeros, ordinals, zero_count, zeros};

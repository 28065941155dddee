//! Hashes and texts of single items, against other hands.

mod key;
#[path = "../common/runner.rs"]
mod runner;
mod six_digits;

//! The encoder on every level, against a twin that takes no short cut.

mod encoder;
// One harness and one runner for all crates.
#[path = "../../../anet-simd/tests/common/levels.rs"]
mod levels;
#[path = "../../../anet-simd/tests/common/runner.rs"]
mod runner;

use std::process::ExitCode;

fn main() -> ExitCode {
    levels::run(encoder::PROPERTIES)
}

//! Every kernel on every level, against twins that take no short cut.

mod dirichlet_product;
mod dot_u8;
mod elementwise;
mod hashes;
mod interpolation;
mod lag_distance;
#[path = "../common/levels.rs"]
mod levels;
#[path = "../common/runner.rs"]
mod runner;

use std::process::ExitCode;

use levels::Property;

/// A table row a property.
const PROPERTIES: [&[Property]; 6] = [
    hashes::PROPERTIES,
    elementwise::PROPERTIES,
    dot_u8::PROPERTIES,
    lag_distance::PROPERTIES,
    dirichlet_product::PROPERTIES,
    interpolation::PROPERTIES,
];

fn main() -> ExitCode {
    levels::run(&PROPERTIES.concat())
}

//! A runner whose cases are the same in every run.

use proptest::test_runner::{Config, RngSeed, TestRunner};

/// Runs `cases` cases from a fixed seed; writes no file where one fails.
pub(crate) fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x5EED),
        ..Config::default()
    })
}

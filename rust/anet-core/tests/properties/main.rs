//! Properties on random and nasty input, each against a naive twin; one module a part of the core.

mod history;
mod metric;
mod paged;
#[path = "../../../anet-simd/tests/common/runner.rs"]
mod runner;
mod scorer;

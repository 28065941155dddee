//! Properties on random and nasty input, each against a naive twin; one module a part of the core.

mod encoder;
mod history;
mod metric;
mod paged;
mod runner;
mod scorer;
mod stream_detector;

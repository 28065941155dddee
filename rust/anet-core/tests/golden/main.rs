//! The known answers of `tests/golden`, the same files that the Python tests read.

mod detector;
mod encoder;
mod load;
mod metric;
mod monitor;
mod stream_detector;
mod trace;

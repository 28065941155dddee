//! The known answers of `tests/golden`, the same files that the Python tests read.

mod load;
mod zeta;

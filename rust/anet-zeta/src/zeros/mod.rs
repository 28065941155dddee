//! True zeros: found block by block, and counted by Turing's method, so that none is missing but for rounding.

mod turing;

mod certificate;

mod search;

mod block_search;

mod counted_range;

mod by_ordinal;

mod by_height;

pub use by_height::zero_count;
pub use by_ordinal::zeros;
pub use certificate::{ZeroCertificate, ZetaZeros};
pub use search::Search;
pub use turing::TuringCount;

//! How far the newest bag of tokens lies from those of the past.

mod bag_of_tokens;
mod bag_signature;

mod bag_history;

mod cosine_bounds;
mod dense_signature;
mod nearest_cosines;
mod query_bounds;

mod token_novelty;

pub(crate) use bag_of_tokens::BAG;
pub(super) use bag_signature::TOP;
pub(crate) use token_novelty::TokenNovelty;

//! How rare the tokens of the newest stretch are.

pub mod bag_of_tokens;
pub mod cosine_bounds;
pub mod encoder;
pub mod nearest;
pub mod novelty;
pub mod token_counts;
#[allow(clippy::module_inception, reason = "the folder is named after its last step")]
pub mod tokens;
pub mod vocabulary;

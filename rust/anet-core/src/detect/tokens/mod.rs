//! How rare the tokens of the last samples are, and how new the bag of them is.

mod token;
mod tokeniser;
mod vocabulary;

mod rarity;
mod token_counts;

mod novelty;

mod encoder;

pub use encoder::TokenEncoder;
pub(super) use novelty::{BAG, TokenNovelty};
pub(super) use rarity::TokenRarity;
pub use token::Token;
pub(super) use token::{LAGS, TOKENS, TOKENS_A_SAMPLE};
pub(super) use token_counts::Logarithms;
pub(super) use tokeniser::{Tokeniser, within};
pub(super) use vocabulary::Vocabulary;

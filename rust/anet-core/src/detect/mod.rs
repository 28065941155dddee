//! The stream detector: one part a file; [`channel`] puts them together, [`detector`] is what a user holds.

pub mod bag;
pub mod blocks;
pub mod channel;
pub mod detector;
pub mod encoder;
pub mod explain;
pub mod history;
pub mod nearest;
pub mod neighbours;
pub mod normaliser;
pub mod own_line;
pub mod p_value;
pub mod part;
pub mod pool;
pub mod rarity;
pub mod scale;
pub mod score;
pub mod screen;
pub mod seam;
pub mod stillness;
pub mod tokens;
pub mod vocabulary;
pub mod words;

//! Signatures of the past, found by position.
//!
//! A position leads to its posting list, a list to the signatures that hold the position, and these to cosines.

mod compact_queue;
mod cosines;
mod free_list;
mod history;
mod history_state;
mod inverted_index;
mod layout;
mod position_map;
mod posting_list;
mod postings;

pub(crate) use cosines::Cosines;
pub(crate) use history::{QueryScratch, SignatureHistory};

//! Signatures of the past, by position.

pub(crate) mod compact_queue;
pub(crate) mod free_list;
pub mod history;
pub(crate) mod position_map;
pub(crate) mod posting_line;
pub(crate) mod postings;

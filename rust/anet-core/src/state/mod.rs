//! A state in pieces, for stores that keep many objects and write each one often.
//!
//! The bytes that [`crate::state::codec`] writes are cut into pages; a page that is as it was when it was last taken need not be
//! stored again. Beside them stands a [`Manifest`] of less than a hundred bytes, which tells whether a set of pages is whole
//! and of one moment, and whether an object that somebody still holds is the one whose manifest was stored.
//!
//! All numbers are little-endian. A manifest is
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ANEM` |
//! | 4 | 2 | format version, [`crate::state::codec::VERSION`] |
//! | 6 | 2 | kind of object, [`crate::state::codec::Kind`] |
//! | 8 | 8 | hash of the parameters |
//! | 16 | 8 | events so far |
//! | 24 | 8 | digest of all events, each chained to those before it |
//! | 32 | 1 | 1 where an event had an order, otherwise 0 |
//! | 33 | 8 | the highest order of any event, signed |
//! | 41 | 8 | pages |
//! | 49 | 8 | hash of the number and the hash of each page, in the order of the numbers |
//! | 57 | 8 | hash of everything before |
//!
//! and a page
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ANEP` |
//! | 4 | 2 | format version |
//! | 6 | 2 | kind of object |
//! | 8 | 8 | number: in the upper half the page breaks before it, in the lower its index after the last of them |
//! | 16 | 8 | hash of what follows |
//! | 24 | n | the piece |
//!
//! Every hash is BLAKE2b with a digest of eight bytes (RFC 7693), read as a big-endian number. The pieces in the order of their
//! numbers are the body that a saved state has. A page that is no more is handed over once as no bytes at all.

pub mod codec;
mod fields;
mod kind;
mod reader;
mod writer;

mod event_digest;
mod manifest;
mod page;
mod paged;

pub(crate) use codec::state;
pub use codec::{State, VERSION};
pub use event_digest::EventDigest;
pub use fields::Fields;
pub(crate) use fields::fields;
pub use kind::Kind;
pub use manifest::Manifest;
pub use page::PageSize;
pub use paged::{Paged, Pages, Parameters};
pub use reader::Reader;
pub use writer::Writer;

use anet_simd::Key;

fn hash(bytes: &[u8]) -> u64 {
    Key::new(b"").hash(bytes)
}

//! The byte form of everything that has a memory: whole, or in pages for stores that write it often.
//!
//! All numbers are little-endian. A saved state is
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ANET` |
//! | 4 | 2 | format version, [`VERSION`] |
//! | 6 | 2 | kind of object, [`Kind`] |
//! | 8 | 8 | length of the body |
//! | 16 | n | body: the fields of the object, in the order of its [`State::write`] |
//! | 16 + n | 4 | CRC-32 (IEEE) of everything before |
//!
//! A reader trusts nothing: it compares lengths with the bytes that are left before it allocates.
//!
//! # In pages
//! [`Paged`] cuts the body into pages; a page that has not changed since it was last taken need not be stored again. Ring
//! buffers stand in the order of their slots and mark where a slot may begin a page ([`Writer::page_break`]), so that one
//! more sample changes few pages. A [`Manifest`] of 65 bytes decides whether a set of pages is whole and of one moment, and
//! whether an object in memory is the one whose manifest was stored:
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ANEM` |
//! | 4 | 2 | format version, [`VERSION`] |
//! | 6 | 2 | kind of object, [`Kind`] |
//! | 8 | 8 | hash of the parameters |
//! | 16 | 8 | events so far |
//! | 24 | 8 | digest of all events, each chained to those before it |
//! | 32 | 1 | 1 where an event had an order, otherwise 0 |
//! | 33 | 8 | the highest order of any event, signed |
//! | 41 | 8 | pages |
//! | 49 | 8 | hash of the number and the hash of each page, in the order of the numbers |
//! | 57 | 8 | hash of everything before |
//!
//! A page is
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

mod header;
mod kind;

mod reader;
mod writer;

mod codec;
mod fields;

mod event_digest;
mod manifest;
mod page;
mod paged;

pub use codec::State;
pub(crate) use codec::state;
pub use event_digest::EventDigest;
pub use fields::Fields;
pub(crate) use fields::fields;
pub use header::VERSION;
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

//! Saved states: the bytes are the body, and get the header and the checksum that belong to them, so that the fields are read.

use anet_core::State;
use anet_core::state::VERSION;

use super::Target;
use super::subjects::Subject;

/// The target of a kind of object.
pub(crate) const fn target<T: Subject>(name: &'static str) -> Target {
    Target { name, run: run::<T>, seeds: seeds::<T> }
}

/// A body with its header and its checksum.
fn sealed<T: State>(body: &[u8]) -> Vec<u8> {
    let (version, kind) = (VERSION.to_le_bytes(), (T::KIND as u16).to_le_bytes());
    let mut bytes = [b"ANET", &version[..], &kind, &(body.len() as u64).to_le_bytes(), body].concat();
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// What is accepted can be used, saved and loaded again.
fn run<T: Subject>(body: &[u8]) -> bool {
    let Ok(mut object) = T::from_bytes(&sealed::<T>(body)) else { return false };
    object.use_up();
    let saved = object.to_bytes();
    let loaded = T::from_bytes(&saved).expect("what was saved can be loaded");
    assert_eq!(loaded.to_bytes(), saved);
    true
}

fn seeds<T: Subject>() -> Vec<Vec<u8>> {
    let bodies = T::trained().into_iter().map(|object| object.to_bytes());
    bodies.map(|bytes| bytes[16..bytes.len() - 4].to_vec()).collect()
}

//! Hashes of any message against those of the crate `blake2b_simd`.

use anet_simd::Key;
use proptest::prelude::*;

use crate::runner::runner;

fn naive(key: &[u8], message: &[u8]) -> u64 {
    let digest = blake2b_simd::Params::new().hash_length(8).key(key).hash(message);
    u64::from_be_bytes(digest.as_bytes().try_into().unwrap())
}

#[test]
fn any_message_has_the_hash_of_blake2b() {
    let cases = (prop::collection::vec(any::<u8>(), 0..=64), prop::collection::vec(any::<u8>(), 0..500));
    let same = |(key, message): (Vec<u8>, Vec<u8>)| {
        prop_assert_eq!(Key::new(&key).hash(&message), naive(&key, &message));
        Ok(())
    };
    runner(2000).run(&cases, same).unwrap();
}

#[test]
fn messages_that_end_with_a_block_have_the_hash_of_blake2b() {
    for length in [0, 1, 127, 128, 129, 255, 256, 257] {
        let message = vec![7; length];
        assert_eq!(Key::new(b"key").hash(&message), naive(b"key", &message), "{length} bytes");
    }
}

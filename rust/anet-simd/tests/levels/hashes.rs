//! Hashes of batches against those of whole messages by the crate `blake2b_simd`.

use anet_simd::{Batch, LANES, Label, Level, Prefix, Tag};
use proptest::prelude::*;

use crate::levels::Property;
use crate::runner::runner;

pub(crate) const PROPERTIES: &[Property] = &[("hashes_are_those_of_the_whole_messages", whole_messages)];

const CHANNELS: [&str; 3] = ["z", "q", "dz"];

fn naive(key: &[u8], message: &[u8]) -> u64 {
    let digest = blake2b_simd::Params::new().hash_length(8).key(key).hash(message);
    u64::from_be_bytes(digest.as_bytes().try_into().unwrap())
}

/// The channel, the index and the elevation of each item.
fn items() -> impl Strategy<Value = Vec<(usize, usize, f64)>> {
    let elevation = prop_oneof![0.0..=1.0, Just(1.0), Just(0.0), Just(1.0 / 128.0), Just(0.999_999_5)];
    let index = prop_oneof![0_usize..1000, 0_usize..10_000_000];
    prop::collection::vec((0..CHANNELS.len(), index, elevation), 0..5 * LANES)
}

fn whole_messages(level: Level) {
    let seed = prop_oneof![Just("rh_sparse".to_owned()), "[a-z]{0,64}", "[種🌱]{0,16}"];
    let same = |(seed, items): (String, Vec<(usize, usize, f64)>)| {
        let mut batches = vec![Batch::default(); items.len().div_ceil(LANES)];
        for (item, &(channel, index, elevation)) in items.iter().enumerate() {
            let label = Label::new(Tag::new(CHANNELS[channel]), index);
            batches[item / LANES].set(item % LANES, label, elevation);
        }
        let longest = Label::longest(items.iter().map(|item| item.1).max().unwrap_or(0) + 1);
        let mut hashes = vec![[0; LANES]; batches.len()];
        level.hashes(&Prefix::new(&seed), &batches, longest, &mut hashes);
        for (&hash, (channel, index, elevation)) in hashes.as_flattened().iter().zip(items) {
            let text = format!("{seed}|{}|{index}|{elevation:.6}", CHANNELS[channel]);
            prop_assert_eq!(hash, naive(seed.as_bytes(), text.as_bytes()), "{}", text);
        }
        Ok(())
    };
    runner(1000).run(&(seed, items()), same).unwrap();
}

//! Nine tokens a sample, their positions and their counts.

use std::collections::BTreeMap;

use blake2b_simd::Params;

/// Tag and two numbers.
pub(crate) type Token = (String, i64, i64);

/// Where a value is, how it moved, and where it was 1, 2, 4, ... 64 values ago. Before the first it stood where that one stands.
pub(crate) fn tokens(u: &[f64]) -> Vec<Vec<Token>> {
    let bins: Vec<i64> = u.iter().map(|u| u.floor() as i64).collect();
    let all = |t: usize| {
        let before = if t == 0 { u[0] } else { u[t - 1] };
        let mut list =
            vec![("u".to_owned(), bins[t], 0), ("d".to_owned(), (u[t] - before).floor() as i64, 0)];
        for lag in LAGS {
            list.push((format!("p{lag}"), bins[t], bins[t.saturating_sub(lag)]));
        }
        list
    };
    (0..u.len()).map(all).collect()
}

const LAGS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

/// How many of the nine, the first ones, look back over no more than `count` values, this one included.
pub(crate) fn within(count: usize) -> usize {
    if count <= 1 { 1 } else { 2 + LAGS.iter().filter(|&&lag| lag < count).count() }
}

/// The place of a token in the space of 4096.
pub(crate) fn position(seed: &str, (tag, a, b): &Token) -> usize {
    let text = format!("{seed}|{tag}|{a}|{b}");
    let digest = Params::new().hash_length(8).key(seed.as_bytes()).hash(text.as_bytes());
    let number = u64::from_be_bytes(digest.as_bytes().try_into().expect("eight bytes"));
    (number % 4096) as usize
}

/// How often each key was seen, and in how many samples; both are halved at 32,768 samples.
pub(crate) struct Counts<K> {
    pub(crate) samples: f64,
    counts: BTreeMap<K, f64>,
}

impl<K: Ord + Clone> Counts<K> {
    pub(crate) fn new() -> Self {
        Self { samples: 0.0, counts: BTreeMap::new() }
    }

    pub(crate) fn of(&self, key: &K) -> f64 {
        self.counts.get(key).copied().unwrap_or(0.0)
    }

    /// The keys of one sample.
    pub(crate) fn push(&mut self, keys: &[K]) {
        keys.iter().for_each(|key| *self.counts.entry(key.clone()).or_default() += 1.0);
        self.samples += 1.0;
        if self.samples >= 32_768.0 {
            self.samples /= 2.0;
            self.counts.values_mut().for_each(|count| *count /= 2.0);
        }
    }
}

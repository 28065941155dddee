//! What stands in a message between the seed and the elevation: `"|channel|index|"`.

/// Bits below the length of a label: it stands in the highest byte.
pub(in crate::blake2b) const LENGTH_AT: u64 = 56;

/// Bits of a byte.
const BYTE: u64 = 8;

/// Indices below it have their text in a table, of 8 kB. Most windows are shorter.
const COMMON: usize = 1000;

/// Indices below it have a text of eight bytes at most, the bar behind them included.
const INDICES: usize = 10_000_000;

/// `"17|"` for every common index: the first byte lowest, the length in the highest byte.
static TEXTS: [u64; COMMON] = {
    let mut texts = [0; COMMON];
    let mut index = 0;
    while index < COMMON {
        let (text, length) = number(index);
        texts[index] = text | length << LENGTH_AT;
        index += 1;
    }
    texts
};

/// The text `"|channel|"`: at most four bytes, the first one lowest.
#[derive(Debug, Clone, Copy)]
pub struct Tag {
    text: u64,
    length: u64,
}

impl Tag {
    /// The tag of the channel of this name.
    ///
    /// # Panics
    /// If the name is longer than two bytes.
    pub const fn new(channel: &str) -> Self {
        let name = channel.as_bytes();
        assert!(name.len() <= 2, "the name of a channel has at most two bytes");
        let mut text = b'|' as u64;
        let mut length = 1;
        while length <= name.len() {
            text |= (name[length - 1] as u64) << (BYTE * length as u64);
            length += 1;
        }
        text |= (b'|' as u64) << (BYTE * length as u64);
        Self { text, length: length as u64 + 1 }
    }
}

/// The text `"|channel|index|"` of an item: at most twelve bytes, zeros, and the length in the sixteenth byte.
///
/// ```
/// use anet_simd::{Label, Tag};
/// assert_eq!(Label::longest(256), "|dz|255|".len());
/// assert!(Label::new(Tag::new("dz"), 7) != Label::new(Tag::new("z"), 7));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label([u64; 2]);

impl Label {
    /// Most samples of a window whose items all have labels.
    pub const MAX_SAMPLES: usize = INDICES;

    /// The label of an item.
    ///
    /// # Panics
    /// If the index is [`Label::MAX_SAMPLES`] or more.
    #[inline(always)]
    pub fn new(tag: Tag, index: usize) -> Self {
        if let Some(entry) = TEXTS.get(index) {
            // At most four bytes behind at most four: one word holds them.
            let text = entry & ((1 << LENGTH_AT) - 1);
            let length = tag.length + (entry >> LENGTH_AT);
            return Self([tag.text | text << (BYTE * tag.length), length << LENGTH_AT]);
        }
        Self::long(tag, index)
    }

    /// Upper bound of the lengths, in bytes, of the labels of a window of `samples`.
    pub fn longest(samples: usize) -> usize {
        let (_, digits) = number(samples.clamp(1, INDICES) - 1);
        4 + digits as usize
    }

    /// A label whose index is in no table.
    fn long(tag: Tag, index: usize) -> Self {
        assert!(index < INDICES, "the window is too long for labels");
        let (text, length) = number(index);
        let whole = u128::from(tag.text) | u128::from(text) << (BYTE * tag.length);
        Self([whole as u64, (whole >> 64) as u64 | (tag.length + length) << LENGTH_AT])
    }

    pub(in crate::blake2b) fn words(self) -> [u64; 2] {
        self.0
    }
}

/// The text `"17|"` and its length, for an index below ten million.
const fn number(index: usize) -> (u64, u64) {
    let (mut text, mut length, mut left) = (b'|' as u64, 1, index);
    loop {
        text = text << BYTE | (b'0' as u64 + (left % 10) as u64);
        length += 1;
        left /= 10;
        if left == 0 {
            return (text, length);
        }
    }
}

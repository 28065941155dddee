//! A segment of one model's numbers.

use anet_simd::Level;

use super::layout::SEGMENT;
use crate::decode::Decode;
use crate::dtype::Float;

/// The numbers of a segment, 0 from its end on.
pub(super) type Numbers = [f32; SEGMENT];

/// Numbers, with the largest magnitude, which is not finite where a number is not.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) numbers: Box<Numbers>,
    pub(super) largest: f32,
    /// Numbers that were not finite and are 0 now.
    pub(super) not_finite: u64,
}

impl Segment {
    pub(super) fn new() -> Self {
        Self { numbers: Box::new([0.0; SEGMENT]), largest: 0.0, not_finite: 0 }
    }

    /// Takes the numbers in these bytes, at most as many as a segment holds.
    pub(super) fn decode(&mut self, level: Level, float: Float, bytes: &[u8]) {
        let (into, rest) = self.numbers.split_at_mut(bytes.len() / float.width());
        rest.fill(0.0);
        self.largest = level.run(Decode { float, bytes, into });
        self.not_finite = 0;
        if !self.largest.is_finite() {
            self.clear();
        }
    }

    /// Counts what is not finite, and makes it 0.
    fn clear(&mut self) {
        for x in self.numbers.iter_mut().filter(|x| !x.is_finite()) {
            *x = 0.0;
            self.not_finite += 1;
        }
        self.largest = self.numbers.iter().fold(0.0, |largest, x| x.abs().max(largest));
    }
}

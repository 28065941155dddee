//! Random damage, the same in every run.

/// Makes damaged copies.
pub(crate) struct Damage(u64);

impl Damage {
    /// One for each number.
    pub(crate) fn new(number: u64) -> Self {
        Self(0x5EED ^ number)
    }

    /// One of the seeds with one to four bytes or numbers changed, and at times cut, repeated or crossed with another.
    pub(crate) fn of(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        match self.below(16) {
            0 => bytes.truncate(self.below(bytes.len())),
            1 => {
                let (from, other) = (self.below(bytes.len()), &seeds[self.below(seeds.len())]);
                bytes.truncate(from);
                bytes.extend(&other[from.min(other.len())..]);
            }
            2 => {
                let (from, at) = (self.below(bytes.len()), self.below(bytes.len()));
                let piece = bytes[from..(from + 24).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {}
        }
        for _ in 0..=self.below(4) {
            self.change(&mut bytes);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut [u8]) {
        if bytes.is_empty() {
            return;
        }
        let at = self.below(bytes.len());
        let number = match self.below(10) {
            0 => u64::MAX.to_le_bytes(),
            1 => f64::NAN.to_le_bytes(),
            2 => f64::INFINITY.to_le_bytes(),
            3 => (self.below(1 << 20) as u64).to_le_bytes(),
            _ => {
                bytes[at] = [0, 1, 0x7F, 0x80, 0xFF, b'"', b'\n', self.below(256) as u8][self.below(8)];
                return;
            }
        };
        bytes[at..].iter_mut().zip(number).for_each(|(byte, new)| *byte = new);
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

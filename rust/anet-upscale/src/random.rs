//! Random numbers that are found by their place: the same on every machine, in whatever order they are asked for.

/// SplitMix64 (Steele, Lea, Flood 2014), whose n-th number is a function of the seed and n alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Random(u64);

/// 2^64 over the golden ratio, the step of the generator.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator of another draw with the same seed.
    pub(crate) fn draw(self, number: u64) -> Self {
        if number == 0 { self } else { Self(self.word(u64::MAX - number)) }
    }

    /// The number at `place`, in [0, 1).
    pub(crate) fn uniform(self, place: u64) -> f64 {
        (self.word(place) >> 11) as f64 * (-53f64).exp2()
    }

    /// Two independent numbers of the standard normal distribution (Box and Muller 1958).
    pub(crate) fn normal_pair(self, place: u64) -> (f64, f64) {
        let radius = (-2.0 * libm::log(1.0 - self.uniform(2 * place))).sqrt();
        let (sine, cosine) = libm::sincos(std::f64::consts::TAU * self.uniform(2 * place + 1));
        (radius * cosine, radius * sine)
    }

    fn word(self, place: u64) -> u64 {
        let mut word = self.0.wrapping_add(STEP.wrapping_mul(place.wrapping_add(1)));
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_splitmix64() {
        let first = [0, 1].map(|place| Random::new(0).word(place));
        assert_eq!(first, [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4]);
    }

    #[test]
    fn normal_numbers_have_mean_0_and_variance_1() {
        let random = Random::new(3);
        let numbers: Vec<f64> = (0..50_000).flat_map(|n| <[f64; 2]>::from(random.normal_pair(n))).collect();
        let mean = numbers.iter().sum::<f64>() / 1e5;
        let variance = numbers.iter().map(|x| x * x).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    }
}

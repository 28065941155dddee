//! The squared distances of one length of lag vector, over a memory of any number of thousands.

use anet_simd::{LAGS, LagDistances, Level, NEAREST, Nearest};

/// Squared distances, 1024 lags a part.
#[derive(Debug, Clone)]
pub(super) struct NearestLags {
    parts: Box<[LagDistances]>,
}

impl NearestLags {
    /// A memory of so many parts.
    pub(super) fn new(parts: usize) -> Self {
        Self { parts: vec![LagDistances::default(); parts].into() }
    }

    /// Lags in the memory.
    pub(super) fn memory(&self) -> usize {
        self.parts.len() * LAGS
    }

    /// The distance at each lag, the shortest lag first.
    pub(super) fn distances(&self) -> impl Iterator<Item = i32> {
        self.parts.iter().flat_map(|part| part.0.iter().copied())
    }

    /// One step of all distances; the nearest of the first `candidates`, where there are five.
    pub(super) fn slide(&mut self, level: Level, past: &[i16], w: usize, candidates: usize) -> Option<Nearest> {
        let mut found: Option<Nearest> = None;
        for part in 0..self.parts.len() {
            let first = part * LAGS;
            let among = candidates.saturating_sub(first).min(LAGS);
            let mut nearest = level.slide(&mut self.parts[part], past, w, first, among);
            nearest.places.iter_mut().for_each(|place| *place += first as u16);
            found = match found {
                None => Some(nearest),
                Some(before) if before.distances[NEAREST - 1] <= nearest.distances[0] => Some(before),
                Some(before) => Some(self.merged(before, nearest)),
            };
        }
        found.filter(|_| candidates >= NEAREST)
    }

    /// The five smallest of two fives, the second of which has the longer lags.
    fn merged(&self, first: Nearest, second: Nearest) -> Nearest {
        let mut distances = [0; NEAREST];
        let (mut a, mut b) = (0, 0);
        for distance in &mut distances {
            // Of equals the first ones.
            let from_first = first.distances[a] <= second.distances[b];
            *distance = if from_first { first.distances[a] } else { second.distances[b] };
            (a, b) = (a + usize::from(from_first), b + usize::from(!from_first));
        }
        let mut places = [0; NEAREST];
        let (left, right) = places.split_at_mut(a);
        self.pick(&first, left);
        self.pick(&second, right);
        Nearest { distances, places }
    }

    /// The places of as many of the smallest of a five as there is room for, ascending.
    fn pick(&self, nearest: &Nearest, places: &mut [u16]) {
        let Some(last) = places.len().checked_sub(1) else { return };
        let limit = nearest.distances[last];
        let mut equals = nearest.distances[..=last].iter().filter(|&&distance| distance == limit).count();
        let mut among = |place: &u16| {
            let distance = self.parts[usize::from(*place) / LAGS].0[usize::from(*place) % LAGS];
            let equal = distance == limit && equals > 0;
            equals -= usize::from(equal);
            equal || distance < limit
        };
        let found = nearest.places.iter().copied().filter(|place| among(place));
        places.iter_mut().zip(found).for_each(|(slot, place)| *slot = place);
    }

    /// The distances from nothing but the past.
    pub(super) fn recompute(&mut self, past: &[i16], w: usize) {
        let vector = &past[..w];
        for (i, distance) in self.parts.iter_mut().flat_map(|part| &mut part.0).enumerate() {
            let candidate = &past[w + 1 + i..];
            let squares = vector.iter().zip(candidate).map(|(&a, &b)| (i32::from(a) - i32::from(b)).pow(2));
            *distance = squares.sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The five smallest over all parts, against a sort of all.
    #[test]
    fn several_parts_are_one_memory() {
        let level = Level::detect();
        let (w, memory) = (4, 3 * LAGS);
        let mut nearest = NearestLags::new(3);
        let mut past = vec![0_i16; memory + 2 * w + 1];
        let mut noise = 1_u32;
        for t in 0..4000_usize {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            past.rotate_right(1);
            past[0] = (noise >> 30) as i16;
            let candidates = (t + 1).saturating_sub(2 * w).min(memory);
            let found = nearest.slide(level, &past, w, candidates);
            let mut sorted: Vec<(i32, u16)> = nearest.distances().take(candidates).zip(0..).collect();
            sorted.sort_unstable();
            sorted.truncate(NEAREST);
            assert_eq!(found.is_some(), candidates >= NEAREST);
            if let Some(found) = found {
                assert_eq!(found.distances.to_vec(), sorted.iter().map(|pair| pair.0).collect::<Vec<_>>());
                let mut places: Vec<u16> = sorted.iter().map(|pair| pair.1).collect();
                places.sort_unstable();
                assert_eq!(found.places.to_vec(), places);
            }
        }
    }
}

//! A queue of list numbers, in 16 bits each while all fit.

use std::collections::VecDeque;

/// CompactQueue, oldest first.
#[derive(Debug, Clone)]
pub(super) enum CompactQueue {
    /// All of them fit.
    Short(VecDeque<u16>),
    /// Some do not, or did not.
    Long(VecDeque<u32>),
}

impl Default for CompactQueue {
    fn default() -> Self {
        Self::Short(VecDeque::new())
    }
}

impl CompactQueue {
    /// Numbers held.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Short(numbers) => numbers.len(),
            Self::Long(numbers) => numbers.len(),
        }
    }

    /// The number at a place.
    pub(super) fn get(&self, at: usize) -> u32 {
        match self {
            Self::Short(numbers) => numbers[at].into(),
            Self::Long(numbers) => numbers[at],
        }
    }

    /// Appends `count` numbers.
    pub(super) fn extend(&mut self, count: usize, numbers: impl Iterator<Item = u32> + Clone) {
        match self {
            Self::Short(held) => {
                let start = held.len();
                reserve(held, count);
                let short = numbers.clone().map_while(|number| u16::try_from(number).ok());
                held.extend(short);
                if held.len() - start < count {
                    held.truncate(start);
                    *self = Self::Long(held.iter().map(|number| u32::from(*number)).collect());
                    self.extend(count, numbers);
                }
            }
            Self::Long(held) => {
                reserve(held, count);
                held.extend(numbers);
            }
        }
    }

    /// Drops the oldest `count` numbers.
    pub(super) fn drop_oldest(&mut self, count: usize) {
        match self {
            Self::Short(numbers) => drop(numbers.drain(..count)),
            Self::Long(numbers) => drop(numbers.drain(..count)),
        }
    }

    /// Bytes that it occupies.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Short(numbers) => numbers.capacity() * size_of::<u16>(),
            Self::Long(numbers) => numbers.capacity() * size_of::<u32>(),
        }
    }
}

/// Makes room by an eighth, where a `VecDeque` would double: memory follows what is held.
fn reserve<T>(items: &mut VecDeque<T>, count: usize) {
    if items.len() + count > items.capacity() {
        items.reserve_exact(count.max(items.len() / 8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_number_makes_room_for_itself() {
        let mut numbers = CompactQueue::default();
        numbers.extend(2, [7, 65_535].into_iter());
        numbers.extend(3, [8, 65_536, 9].into_iter());
        assert!(matches!(numbers, CompactQueue::Long(_)));
        numbers.drop_oldest(1);
        let left: Vec<u32> = (0..numbers.len()).map(|at| numbers.get(at)).collect();
        assert_eq!(left, [65_535, 8, 65_536, 9]);
    }
}

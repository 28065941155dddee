//! Plain Rust.

use super::{Compare, Distances, GROUP, GROUPS, K, LAGS, LANES, Minima, fifth, smallest};

/// See [`super`].
pub fn slide(distances: &mut Distances, past: &[i16], w: usize, candidates: usize) -> [i32; K] {
    let (newest, leaving) = (i32::from(past[0]), i32::from(past[w]));
    let (entering, left) = (past[w + 1..][..LAGS].as_chunks().0, past[2 * w + 1..][..LAGS].as_chunks().0);
    let mut minima = [[i32::MAX; LANES]; GROUPS];
    for (((group, then), before), minima) in
        distances.0.as_chunks_mut().0.iter_mut().zip(entering).zip(left).zip(&mut minima)
    {
        slide_group(group, newest, then, leaving, before, minima);
    }
    smallest::<Plain>(&distances.0, &minima, candidates)
}

fn slide_group(
    group: &mut [i32; GROUP],
    newest: i32,
    then: &[i16; GROUP],
    leaving: i32,
    before: &[i16; GROUP],
    minima: &mut Minima,
) {
    for i in 0..GROUP {
        let (enters, leaves) = (newest - i32::from(then[i]), leaving - i32::from(before[i]));
        group[i] += enters * enters - leaves * leaves;
    }
    for step in group.as_chunks::<LANES>().0 {
        (0..LANES).for_each(|lane| minima[lane] = minima[lane].min(step[lane]));
    }
}

struct Plain;

impl Compare for Plain {
    fn within(minima: &Minima, limit: i32) -> u16 {
        minima.iter().enumerate().fold(0, |lanes, (lane, &least)| lanes | u16::from(least <= limit) << lane)
    }

    fn fifth(minima: &Minima) -> i32 {
        fifth(minima)
    }
}

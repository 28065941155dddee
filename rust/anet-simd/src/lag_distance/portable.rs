//! One lag at a time.

use crate::lag_distance::smallest::{Compare, nearest};
use crate::lag_distance::{
    GROUP, LANES, LONG_GROUPS, LagGroup, Minima, NEAREST, Nearest, SHORT_GROUPS, by_groups,
};

pub(super) fn slide(
    distances: &mut [LagGroup],
    past: &[i16],
    w: usize,
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    by_groups!(slide_groups, distances, past, w, candidates, guess)
}

fn slide_groups<const GROUPS: usize>(
    distances: &mut [LagGroup; GROUPS],
    past: &[i16],
    w: usize,
    candidates: usize,
    guess: &[u16; NEAREST],
) -> Nearest {
    let (newest, leaving) = (i32::from(past[0]), i32::from(past[w]));
    let lags = GROUPS * GROUP;
    let (entering, left) = (past[w + 1..][..lags].as_chunks().0, past[2 * w + 1..][..lags].as_chunks().0);
    let mut minima = [Minima([0; LANES]); GROUPS];
    let groups = distances.iter_mut().zip(&mut minima);
    for (((group, minima), then), before) in groups.zip(entering).zip(left) {
        *minima = slide_group(&mut group.0, newest, then, leaving, before);
    }
    nearest(Plain, distances, &minima, candidates, guess)
}

/// Updates 64 distances.
fn slide_group(
    group: &mut [i32; GROUP],
    newest: i32,
    then: &[i16; GROUP],
    leaving: i32,
    before: &[i16; GROUP],
) -> Minima {
    let mut minima = [i32::MAX; LANES];
    for i in 0..GROUP {
        let (enters, leaves) = (newest - i32::from(then[i]), leaving - i32::from(before[i]));
        group[i] += enters * enters - leaves * leaves;
    }
    for step in group.as_chunks::<LANES>().0 {
        (0..LANES).for_each(|lane| minima[lane] = minima[lane].min(step[lane]));
    }
    Minima(minima)
}

#[derive(Clone, Copy)]
struct Plain;

impl Compare for Plain {
    fn within(self, minima: &Minima, limit: i32) -> u16 {
        minima.0.iter().enumerate().fold(0, |lanes, (lane, &least)| lanes | u16::from(least <= limit) << lane)
    }

    /// By counting, for each lane, those that are smaller.
    fn bound(self, groups: &[Minima]) -> i32 {
        let mut least = [i32::MAX; LANES / 2];
        for Minima(minima) in groups {
            for lane in 0..LANES / 2 {
                least[lane] = least[lane].min(minima[lane]).min(minima[lane + LANES / 2]);
            }
        }
        let among = |lane: &&i32| least.iter().filter(|other| other < lane).count() < NEAREST;
        least.iter().filter(among).fold(i32::MIN, |bound, &lane| bound.max(lane))
    }
}

//! The nearest contexts, exactly, by a k-d tree (Bentley 1975).

use super::library::Context;

/// Neighbours that a block is chosen from.
pub(super) const NEAREST: usize = 16;
/// Contexts that are looked at one by one.
const LEAF: usize = 16;

/// A context and its index.
type Entry = (Context, u32);

/// Contexts in the order of a balanced tree: halves of halves, by one axis after another.
pub(super) struct Neighbours {
    tree: Vec<Entry>,
    axes: usize,
}

impl Neighbours {
    /// A tree over the first `axes` numbers of the contexts.
    pub(super) fn new(contexts: &[Context], axes: usize) -> Self {
        let mut tree: Vec<Entry> = contexts.iter().copied().zip(0_u32..).collect();
        halve(&mut tree, 0, axes);
        Self { tree, axes }
    }

    /// The nearest contexts by Euclid's distance, nearest first; of equals the lower index.
    pub(super) fn nearest(&self, to: Context) -> Nearest {
        let mut found = Nearest { held: [(f64::INFINITY, u32::MAX); NEAREST], count: 0 };
        self.search(&self.tree, 0, &to, &mut found);
        found
    }

    fn search(&self, part: &[Entry], axis: usize, to: &Context, found: &mut Nearest) {
        if part.len() <= LEAF {
            part.iter().for_each(|entry| found.offer(entry, to));
            return;
        }
        let (below, rest) = part.split_at(part.len() / 2);
        let (middle, above) = (&rest[0], &rest[1..]);
        let gap = to[axis] - middle.0[axis];
        let (near, far) = if gap < 0.0 { (below, above) } else { (above, below) };
        let next = (axis + 1) % self.axes;
        self.search(near, next, to, found);
        if gap * gap <= found.worst() {
            found.offer(middle, to);
            self.search(far, next, to, found);
        }
    }
}

fn halve(part: &mut [Entry], axis: usize, axes: usize) {
    if part.len() <= LEAF {
        return;
    }
    let middle = part.len() / 2;
    part.select_nth_unstable_by(middle, |(one, _), (other, _)| one[axis].total_cmp(&other[axis]));
    let (below, rest) = part.split_at_mut(middle);
    halve(below, (axis + 1) % axes, axes);
    // The one in the middle stays there.
    halve(&mut rest[1..], (axis + 1) % axes, axes);
}

fn square_distance(one: &Context, other: &Context) -> f64 {
    let (a, b, c) = (one[0] - other[0], one[1] - other[1], one[2] - other[2]);
    a * a + b * b + c * c
}

/// The nearest so far, in order.
pub(super) struct Nearest {
    held: [(f64, u32); NEAREST],
    count: usize,
}

impl Nearest {
    /// Their indices.
    pub(super) fn indices(&self) -> impl Iterator<Item = usize> {
        self.held[..self.count].iter().map(|&(_, index)| index as usize)
    }

    /// The square distance of the last one.
    fn worst(&self) -> f64 {
        self.held[NEAREST - 1].0
    }

    /// Takes a context in where it is near enough.
    fn offer(&mut self, (context, index): &Entry, to: &Context) {
        let new = (square_distance(context, to), *index);
        if new >= self.held[NEAREST - 1] {
            return;
        }
        let mut place = self.count.min(NEAREST - 1);
        while place > 0 && new < self.held[place - 1] {
            self.held[place] = self.held[place - 1];
            place -= 1;
        }
        self.held[place] = new;
        self.count = (self.count + 1).min(NEAREST);
    }
}

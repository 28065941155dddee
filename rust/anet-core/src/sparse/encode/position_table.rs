//! The positions that items have claimed, in descending order of elevation.

/// An empty place in the table.
const FREE: u32 = u32::MAX;

/// Places in the table for each claim.
const SPARSE: usize = 8;

/// 2^64 divided by the golden ratio: multiplying by it spreads the positions of a small dimension over the table.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A position, the highest elevation that claims it, and the first item that does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// The position.
    pub position: u64,
    /// The highest elevation of the items that claim it.
    pub elevation: f64,
    /// The lowest of the items that claim it.
    pub first: usize,
}

/// Distinct claims and a hash table of them; kept between windows for its memory.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    claims: Vec<Claim>,
    /// Places in `claims`, an eighth of them taken or a few more, so that a search mostly meets a free one at once.
    table: Vec<u32>,
}

impl Claims {
    /// Forgets all claims.
    pub fn clear(&mut self) {
        self.claims.clear();
        self.table.clear();
    }

    /// Makes room for so many more claims.
    pub fn reserve(&mut self, more: usize) {
        let places = (SPARSE * (self.claims.len() + more)).next_power_of_two();
        if places <= self.table.len() {
            return;
        }
        self.table.clear();
        self.table.resize(places, FREE);
        for place in 0..self.claims.len() {
            let found = self.search(self.claims[place].position).unwrap_err();
            self.table[found] = place as u32;
        }
    }

    /// Enters a claim. Claims must come in descending order of elevation, and room for them must have been made.
    pub fn enter(&mut self, claim: Claim) {
        match self.search(claim.position) {
            Ok(place) => self.claims[place].first = self.claims[place].first.min(claim.first),
            Err(free) => {
                self.table[free] = self.claims.len() as u32;
                self.claims.push(claim);
            }
        }
    }

    /// Enters a claim out of order, or raises the one that its position has. [`Claims::sort`] must follow the last one.
    pub fn raise(&mut self, claim: Claim) {
        match self.search(claim.position) {
            Ok(place) => self.claims[place].elevation = self.claims[place].elevation.max(claim.elevation),
            Err(_) => self.enter(claim),
        }
    }

    /// Puts claims that came out of order into theirs; equal ones stay as they came.
    pub fn sort(&mut self) {
        self.claims.sort_by(|a, b| b.elevation.total_cmp(&a.elevation));
    }

    /// Notes that `item` claims `position` too; a position that nothing has claimed so far stays unclaimed.
    pub fn note(&mut self, position: u64, item: usize) {
        if let Ok(place) = self.search(position) {
            self.claims[place].first = self.claims[place].first.min(item);
        }
    }

    /// The claims so far.
    pub fn as_slice(&self) -> &[Claim] {
        &self.claims
    }

    /// Up to which item a claim unseen so far could change the order of the first `kept` claims: equal elevations stand in
    /// the order of their first items, and only an item before the last but one of these can put a claim before another.
    pub fn undecided(&self, kept: usize) -> usize {
        let ties = self.claims[..kept].chunk_by(|a, b| a.elevation == b.elevation);
        ties.filter_map(|tie| second_last(tie.iter().map(|claim| claim.first))).max().unwrap_or(0)
    }

    /// Puts claims of equal elevation into the order of their first items. Nothing can be entered any more.
    pub fn order_ties(&mut self, kept: usize) {
        for tie in self.claims[..kept].chunk_by_mut(|a, b| a.elevation == b.elevation) {
            tie.sort_unstable_by_key(|claim| claim.first);
        }
    }

    /// The place of a position in `claims`, or the free place in the table where it belongs.
    fn search(&self, position: u64) -> Result<usize, usize> {
        let last = self.table.len() - 1;
        let mut at = (position.wrapping_mul(SPREAD) >> 32) as usize & last;
        loop {
            match self.table[at] {
                FREE => return Err(at),
                place if self.claims[place as usize].position == position => return Ok(place as usize),
                _ => at = (at + 1) & last,
            }
        }
    }
}

/// The second largest of the items, if there are two.
fn second_last(items: impl Iterator<Item = usize>) -> Option<usize> {
    let (mut last, mut second) = (None, None);
    for item in items {
        if last < Some(item) {
            (last, second) = (Some(item), last);
        } else {
            second = second.max(Some(item));
        }
    }
    second
}

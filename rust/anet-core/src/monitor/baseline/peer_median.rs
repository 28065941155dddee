//! A group against the median of its peers: what moves all of them cancels out, and what one does alone stands out.

use crate::state::fields;

/// How much a group moves per unit of rate, in logarithms, and by how much more than the others.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PeerMedian {
    /// In the step under way.
    pub moved: Option<f64>,
    /// In the last complete step, above the median of the other groups; `None` where no other moved.
    pub excess: Option<f64>,
}

/// The median of all values but one of them, which stands among them. The values are sorted.
pub(crate) fn median_of_others(sorted: &[f64], one: f64) -> Option<f64> {
    let index = sorted.partition_point(|&other| other < one);
    let others = sorted.len().checked_sub(2)? + 1;
    let other = |at: usize| sorted[at + usize::from(at >= index)];
    Some((other((others - 1) / 2) + other(others / 2)) / 2.0)
}

fields!(PeerMedian { moved, excess });

#[cfg(test)]
mod tests {
    use super::median_of_others;

    #[test]
    fn it_is_the_median_of_what_is_left() {
        let values = [1.0, 2.0, 2.0, 5.0, 9.0];
        let wanted = [3.5, 3.5, 3.5, 2.0, 2.0];
        for (one, wanted) in values.into_iter().zip(wanted) {
            assert_eq!(median_of_others(&values, one), Some(wanted));
        }
        assert_eq!(median_of_others(&[1.0, 4.0], 4.0), Some(1.0));
        assert_eq!(median_of_others(&[1.0], 1.0), None);
        assert_eq!(median_of_others(&[], 1.0), None);
    }
}

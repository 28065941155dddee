//! Refusals that name the argument: the core gives the number, the binding its name.

use std::ops::RangeInclusive;

use anet_zeta::{Error, GRAM_INDICES, ORDINALS};

use crate::convert::bounded::out_of_domain;
use crate::error::{BindingError, value_error};

/// The error of the argument `name`.
pub(super) fn refused(name: &str, error: Error) -> BindingError {
    match error {
        Error::HeightOutOfRange { got, lowest, highest } if lowest.is_finite() => {
            value_error(format!("{name} must be between {lowest:e} and {highest:e}, got {got}"))
        }
        Error::HeightOutOfRange { got, highest, .. } => {
            value_error(format!("{name} must be at most {highest:e}, got {got}"))
        }
        Error::GramIndexOutOfRange { got } => outside(name, &GRAM_INDICES, got),
        other => other.into(),
    }
}

/// A first ordinal and a count whose ordinals are all those of zeros that can be found.
pub(super) fn ordinals(start: i128, count: i128) -> Result<(u64, usize), BindingError> {
    let (first, last) = (i128::from(*ORDINALS.start()), i128::from(*ORDINALS.end()));
    if start < first {
        return Err(outside("start", &(first..=last), start));
    }
    if count < 0 {
        return Err(out_of_domain("count", "at least 0", count));
    }
    let end = start.saturating_add((count - 1).max(0));
    if end > last {
        return Err(outside("the last ordinal", &(first..=last), end));
    }
    Ok((start as u64, count as usize))
}

/// An integer outside its range: the text names the end that it is beyond.
fn outside<T: Copy + Into<i128>>(name: &str, range: &RangeInclusive<T>, got: T) -> BindingError {
    let (least, most): (i128, i128) = ((*range.start()).into(), (*range.end()).into());
    let got = got.into();
    let wanted = if got < least { format!("at least {least}") } else { format!("at most {most}") };
    out_of_domain(name, &wanted, got)
}

//! Refusals that name the argument: the core gives the number, the binding its name.

use anet_zeta::{Error, GRAM_INDICES, ORDINALS};

use crate::error::{Raised, value_error};

/// The error of the argument `name`.
pub fn refused(name: &str, error: Error) -> Raised {
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
pub fn ordinals(start: i128, count: i128) -> Result<(u64, usize), Raised> {
    let (first, last) = (i128::from(*ORDINALS.start()), i128::from(*ORDINALS.end()));
    if start < first {
        return Err(outside("start", &(first..=last), start));
    }
    if count < 0 {
        return Err(value_error(format!("count must be at least 0, got {count}")));
    }
    let end = start.saturating_add((count - 1).max(0));
    if end > last {
        return Err(outside("the last ordinal", &(first..=last), end));
    }
    Ok((start as u64, count as usize))
}

/// An integer outside its range: the text names the end that it is beyond.
fn outside<T: PartialOrd + std::fmt::Display>(
    name: &str,
    range: &std::ops::RangeInclusive<T>,
    got: T,
) -> Raised {
    let (least, most) = (range.start(), range.end());
    value_error(if got < *least {
        format!("{name} must be at least {least}, got {got}")
    } else {
        format!("{name} must be at most {most}, got {got}")
    })
}

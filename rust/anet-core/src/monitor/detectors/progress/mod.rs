//! Detectors that compare a loss with what the run itself has learned: from its first rows on, and in both directions.

mod again;
mod collapse;
mod early;
mod explosion;
mod lost_progress;
mod over_all;
mod resumed;

pub(crate) use again::Again;
pub(crate) use collapse::Collapse;
pub(crate) use early::Early;
pub(crate) use explosion::Explosion;
pub(crate) use lost_progress::{GIVEN_BACK, LostProgress};
pub(crate) use over_all::OverAll;
pub(crate) use resumed::Resumed;

//! The stream detector's naive twin: the second design by its definition, sample by sample, and what it must give.
//!
//! The twin takes nothing from the core. Where the design leaves something open, it does this:
//!
//! - **Normaliser.** The median of an even count is the mean of the two in the middle. Where the median distance is 0, the
//!   smallest other one is taken as it is. Rebuilding leaves the shares and the runs of far samples alone; a restart of a stale
//!   scale sets the share to 0, keeps its weight and leaves the runs. The look at what is stale comes after the sample is
//!   learned, from sample 255 on, over as many of the last 512 as there are.
//! - **Gaps.** Missing rows before the first sample are a gap like any other. A part that a gap broke has z = 0 and is learned as
//!   its own mean. Residuals over n samples speak once 64 + n samples have come, the long memory once its pairs have. All else is
//!   closed up, and everything that is learned from a sample goes on being learned; only the clock of the phase counts rows.
//! - **Left out.** Without long memories there are no means, no search for a period, and nine forecasts.
//! - **Period.** A ring holds rows in whole twentieths of a deviation; products take a missing row as the rounded mean. Only the
//!   period that the search chose is refined, on the newest max(4096, 5 P) rows for that P: the better neighbour is taken while
//!   one is better, the step halved when none is; the period stays within 8 and half of the ring. A held period is compared with
//!   a new one on the newest rows for the longer of both; what either explains is the share on the whole ring. Phases that were
//!   seen once say nothing.
//! - **Profile.** Means and weights are kept in single precision. A place that was never seen has no residual; it counts as 0.
//!   Residuals before the first are 0 too.
//! - **Given periods.** Each is learned; the one that leaves least is used, another only where it leaves .03 less. Nothing is said
//!   in its first two periods. A sample is unusual for its place beyond what the season changes in an hour, in usual errors of the
//!   places within half an hour.
//! - **Drift.** Windows are whole blocks of 8 samples, and looks come every 64 samples after a start. A season is leaned on from a
//!   share of .2 until it falls to .1; where that or the period changes, all starts anew. The deviation of the residuals starts at
//!   1 with no weight and includes the newest. A window speaks from max(1500, 3 L) samples on; with a season only where both
//!   its halves lie on one side. One that holds a sample that alarmed is silent once it rings, until it falls to half the line. The
//!   sign of the change is kept.
//! - **Fall.** The first sample is a step of 0. Steps of exactly 0 are those of the raw samples, their share is that before the
//!   sample, and it silences from sample to sample. The first logarithm that is learned becomes the mean, whose weight and variance
//!   stay those of the start. The largest of the three windows counts, and none below 0.
//! - **Flatline and veto.** Once a stream moved and after the first 16, a step counts as three mean steps at most.
//! - **Own lines.** Tail first, then no line above 20. Every number has a line of the same kind. A rank of x.5 is rounded up. What
//!   lies below the tail has a p-value of 1, save for the common score.
//! - **Veto.** It holds back what would alarm by the common score, at a p-value of .001. Every step counts for the share of large
//!   ones, the first 16 as small. Without adaptive lines there is none. A sample is told as held where a number lies beyond the
//!   ordinary line and nothing alarms.
//! - **Rounding.** Analogues and the long memory are kept in single precision, as in the known answers.

mod agree;
mod known_answers;
mod known_parts;
mod nasty;
mod promises;
mod properties;
mod series;
mod twin;

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
//! - **Period.** A ring of rows has holes: means are over what is there, products over pairs of which both are. Only the period
//!   that the search chose is refined, on the newest max(4096, 5 P) rows for that P: the better neighbour is taken while one is
//!   better, the step halved when none is; the period stays within 8 and half of these rows. On the same rows stands the error of
//!   the held one, by which it is kept or replaced, and what the phase explains. Phases that were never seen twice say nothing.
//! - **Slow.** It starts anew where the period that explains more than a fifth changes, or passes that fifth. The deviation of the
//!   residual starts at 1 with the weight of 64, is learned from the rows that the profile is rebuilt from, leaves out first values
//!   of a phase, and is that before the sample. A window speaks after max(1500, 3 L) samples.
//! - **Fall.** Steps of exactly 0 are those of the raw samples, their share is that before the sample. The first logarithm that is
//!   learned becomes the mean, whose weight and variance stay those of the start. The largest of the three windows counts.
//! - **Own lines.** Tail first, then no line above 20. Slow, fall and still know only the two habits. A rank of x.5 is rounded up.
//!   Slow and fall hold until they look again. What lies below the tail has a p-value of 1.
//! - **Veto.** It holds back the p-value of the common score alone. Every step counts for the share of large ones, the first 16 as
//!   small. Without adaptive lines there is none.
//! - **Rounding.** Analogues and the long memory are kept in single precision, as in the known answers.

mod agree;
mod known_parts;
mod nasty;
mod promises;
mod series;
mod twin;

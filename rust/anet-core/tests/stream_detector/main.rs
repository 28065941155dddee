//! The stream detector's naive twin: the second design by its definition, sample by sample, and what it must give.

mod agree;
mod known_parts;
mod nasty;
mod promises;
mod series;
mod twin;

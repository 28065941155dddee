//! Numbers: eight at a time, in two doubles, their logarithms, and angles in turns.

pub(crate) mod lanes;

pub(crate) mod double_double;

pub(crate) mod logarithm;

pub(crate) mod integer_logarithms;

pub(crate) mod phase;

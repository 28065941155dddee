//! Z on a grid of heights, and between them.

pub(crate) mod interpolation;

pub(crate) mod block;

pub(crate) mod grid;

pub(crate) mod samples;

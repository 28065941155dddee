//! The zeros of Z in a block of cells.

mod root;

mod cell;

mod sign_changes;

mod close_pairs;

pub(crate) mod find_roots;

pub(crate) mod newton_refinement;

//! The smooth count of zeta zeros, its inversion, and the gaps between zeros.

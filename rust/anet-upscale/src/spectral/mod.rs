//! The spectral method: Gaussian noise with the spectrum of the reference, bent to the coarse series by kriging.
//!
//! `spectrum` measures the reference, `response` says how a coarse point sees each frequency, `synthesis` makes noise and
//! bends it.

mod response;
mod spectrum;
mod synthesis;
mod transform;

pub(crate) use synthesis::Synthesis;

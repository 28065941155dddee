//! Gives a coarse series its full rate back: block means stay exact, and the noise is that of a reference.
//!
//! ```
//! use anet_upscale::{Kind, Task, Texture, upscale};
//!
//! let reference: Vec<f64> = (0..2000).map(|t| f64::from((t * t) % 17) + f64::from(t / 100)).collect();
//! let series: Vec<f64> = (0..60).map(|i| 8.0 + f64::from(i % 5)).collect();
//! let task = Task {
//!     series: &series,
//!     factor: 10,
//!     reference: &reference,
//!     kind: Kind::Mean,
//!     texture: Texture::Fragments,
//!     seed: 0,
//!     low: f64::NEG_INFINITY,
//!     high: f64::INFINITY,
//!     band: false,
//! };
//! let found = upscale(&task)?;
//! let mean = found.values[30..40].iter().sum::<f64>() / 10.0;
//! assert!((mean - series[3]).abs() < 1e-12);
//! # Ok::<(), anet_upscale::Error>(())
//! ```
//!
//! # The way of the data
//! `upscale` checks a [`Task`] and brings its numbers near 1; `coarse` says what steps a coarse series makes. [`Support`] tells
//! whether the reference is one for the series, over `windows`. `draws` makes a series of `fragments` of the reference or
//! of noise with its `spectral` density, with `random` numbers, and `exact` moves each block onto its point. Several draws
//! make a [`Band`].
//!
//! This crate knows no Python, does no I/O and does not panic on what it is given.
#![forbid(unsafe_code)]

mod band;
mod coarse;
mod draws;
mod error;
mod exact;
mod fragments;
mod random;
mod spectral;
mod support;
mod upscale;
mod windows;

pub use band::Band;
pub use coarse::Kind;
pub use error::{Error, Result};
pub use support::{JUDGED_FROM, Support};
pub use upscale::{FEWEST_BLOCKS, FEWEST_POINTS, MOST_SAMPLES, Task, Texture, Upscaled, upscale};

//! Weights of models: reads safetensors files that strangers wrote, and compares them in one pass.
//!
//! ```
//! use anet_weights::{WeightsFile, compare};
//! # let folder = std::env::temp_dir().join(format!("anet-weights-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let write = |name: &str, values: [f32; 2]| {
//! #     let header = br#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#;
//! #     let values = values.iter().flat_map(|x| x.to_le_bytes());
//! #     let length = (header.len() as u64).to_le_bytes();
//! #     let path = folder.join(name);
//! #     std::fs::write(&path, length.iter().chain(header).copied().chain(values).collect::<Vec<_>>()).map(|()| path)
//! # };
//! # let (one, other) = (write("one", [3.0, 4.0])?, write("other", [4.0, 3.0])?);
//!
//! let (one, other) = (WeightsFile::open(&one)?, WeightsFile::open(&other)?);
//! let found = compare(&[one.tensor("w")?, other.tensor("w")?], None)?;
//! assert_eq!((found.models[0].squares, found.pairs[0].products), (25.0, 24.0)); // a cosine of 24/25
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), anet_weights::Error>(())
//! ```
//!
//! # The way of the data
//! A [`WeightsFile`] checks the header of a file once: what it accepts lies inside of the file, and no two tensors share a
//! byte. A [`Tensor`] is read by positions, into memory that the caller chooses; nothing is mapped, so that a file which is
//! cut meanwhile is an error and no signal. [`compare`] takes the same tensor of several models, block by block, so that its
//! memory does not depend on the model: `decode` makes a segment of a block single precision, `sums` adds it up, `rows`
//! keeps the cosine of each row.
//!
//! This crate reads files. It knows no Python, and does not panic on what a file holds.
#![forbid(unsafe_code)]

mod compare;
mod decode;
mod dtype;
mod eight_bits;
mod error;
mod file;
mod header;
mod positioned;

pub use compare::{Comparison, ModelSums, PairSums, RowCosines, compare};
pub use dtype::Dtype;
pub use error::{Error, Result};
pub use file::{Tensor, WeightsFile};
pub use header::{TensorInfo, read_header};

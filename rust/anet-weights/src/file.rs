//! A safetensors file: eight bytes with the length of the header, the header, the data.

use std::fs::{self, File};
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;

use anet_simd::Level;

use crate::decode::Decode;
use crate::dtype::Float;
use crate::error::{Error, Result};
use crate::header::{TensorInfo, read_header};
use crate::positioned::read_exact_at;

/// An open file whose header was checked.
#[derive(Debug)]
pub struct WeightsFile {
    file: File,
    /// Where the data begin.
    start: u64,
    tensors: Vec<TensorInfo>,
    /// The places of tensors in the order of their names: a file may have a hundred thousand.
    by_name: Vec<usize>,
}

/// A tensor of an open file.
#[derive(Debug, Clone, Copy)]
pub struct Tensor<'a> {
    file: &'a WeightsFile,
    info: &'a TensorInfo,
}

impl WeightsFile {
    /// Opens a file and checks its header: bytes inside of the file, as many as the shape needs, shared by no two tensors.
    ///
    /// # Errors
    /// What the operating system refuses, and every [`Error`] about a header.
    pub fn open(path: &Path) -> Result<Self> {
        let about = fs::metadata(path)?;
        if !about.is_file() {
            return Err(Error::NotAFile);
        }
        let (file, size) = (File::open(path)?, about.len());
        let (start, tensors) = read_header(BufReader::new(&file), size)?;
        let mut by_name: Vec<usize> = (0..tensors.len()).collect();
        by_name.sort_by_key(|&place| &*tensors[place].name);
        Ok(Self { file, start, tensors, by_name })
    }

    /// What the header says, in the order of the bytes.
    pub fn tensors(&self) -> &[TensorInfo] {
        &self.tensors
    }

    /// The first byte of a tensor in the file, and the one after its last.
    pub fn span(&self, tensor: &TensorInfo) -> (u64, u64) {
        (self.start + tensor.offsets.0, self.start + tensor.offsets.1)
    }

    /// The tensor of a name.
    ///
    /// # Errors
    /// [`Error::NoTensor`]
    pub fn tensor(&self, name: &str) -> Result<Tensor<'_>> {
        match self.by_name.binary_search_by_key(&name, |&place| &self.tensors[place].name) {
            Ok(found) => Ok(Tensor { file: self, info: &self.tensors[self.by_name[found]] }),
            Err(_) => Err(Error::NoTensor { name: name.to_owned() }),
        }
    }
}

impl<'a> Tensor<'a> {
    /// What the header says of it.
    pub fn info(&self) -> &'a TensorInfo {
        self.info
    }

    /// The numbers at these places, in single precision: a double beyond it is the largest single number.
    ///
    /// # Errors
    /// [`Error::Range`] where the tensor has fewer, [`Error::NotRead`] for types that are not read, and what the operating
    /// system refuses.
    pub fn read(&self, places: Range<u64>) -> Result<Vec<f32>> {
        let length = self.info.length();
        if places.start > places.end || places.end > length {
            return Err(Error::Range { name: self.info.name.clone(), length });
        }
        let mut bytes = Vec::new();
        let float = self.float()?;
        self.read_bytes(float, places, &mut bytes)?;
        let mut values = vec![0.0; bytes.len() / float.width()];
        Level::detect().run(Decode { float, bytes: &bytes, into: &mut values });
        Ok(values)
    }

    /// The type of its numbers.
    pub(crate) fn float(&self) -> Result<Float> {
        let TensorInfo { name, dtype, .. } = self.info;
        let unread = || Error::NotRead { name: name.clone(), dtype: dtype.name().to_owned() };
        dtype.float().ok_or_else(unread)
    }

    /// The bytes of numbers of the type `float`, all of which lie in the tensor.
    pub(crate) fn read_bytes(&self, float: Float, places: Range<u64>, into: &mut Vec<u8>) -> Result<()> {
        let width = float.width();
        into.resize((places.end - places.start) as usize * width, 0);
        let at = self.file.span(self.info).0 + places.start * width as u64;
        Ok(read_exact_at(&self.file.file, into, at)?)
    }
}

//! Appends numbers to bytes, and marks where pages may begin.

use std::collections::BTreeMap;

use crate::state::header::{HEADER, MAGIC, VERSION};
use crate::state::kind::Kind;

/// Sections by number, each with a version: equal versions of one object mean equal bytes.
pub(crate) type Versions = BTreeMap<u64, u64>;

/// Appends fields to a byte form.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    page_breaks: Vec<usize>,
    versions: Versions,
    /// The versions of sections that are left out.
    known: Versions,
}

macro_rules! numbers {
    ($($number:ident),*) => {
        impl Writer {$(
            #[doc = concat!("Appends one `", stringify!($number), "`.")]
            pub fn $number(&mut self, value: $number) {
                self.bytes.extend_from_slice(&value.to_le_bytes());
            }
        )*}
    };
}

numbers!(u8, u16, u32, u64, i8, i16, i32, i64, i128, f32, f64);

impl Writer {
    /// A writer of an object's whole byte form, at the beginning of its body.
    pub(crate) fn new(kind: Kind) -> Self {
        let mut writer = Self::default();
        writer.bytes.extend_from_slice(MAGIC);
        writer.u16(VERSION);
        writer.u16(kind as u16);
        writer.u64(0);
        writer
    }

    /// Appends a count, to be read back by [`crate::state::Reader::count`].
    pub fn count(&mut self, count: usize) {
        self.u64(count as u64);
    }

    /// Appends a length and the bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    /// Appends bytes without their length.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Begins a page with what follows; the bytes show nothing of it. An object breaks at the same fields and before the
    /// same slots of its ring buffers, whatever it holds.
    pub fn page_break(&mut self) {
        self.page_breaks.push(self.bytes.len());
    }

    /// A writer that leaves out the sections whose versions are known.
    pub(crate) fn beside(known: &Versions) -> Self {
        Self { known: known.clone(), ..Self::default() }
    }

    /// Whether each of the next sections must be written, by its version.
    pub(crate) fn lacks(&self, versions: &[u64]) -> Vec<bool> {
        let next = self.page_breaks.len() as u64 + 1..;
        versions
            .iter()
            .zip(next)
            .map(|(version, section)| self.known.get(&section) != Some(version))
            .collect()
    }

    /// [`Writer::page_break`] with a version. No bytes follow where [`Writer::lacks`] is false.
    pub(crate) fn versioned_page_break(&mut self, version: u64) {
        self.page_break();
        self.versions.insert(self.page_breaks.len() as u64, version);
    }

    /// The versions of the sections that have one.
    pub(crate) fn versions(&self) -> &Versions {
        &self.versions
    }

    /// The numbers of the sections that were left out.
    pub(crate) fn left_out(&self) -> impl Iterator<Item = u64> {
        let same = |(section, version): &(&u64, &u64)| self.known.get(section) == Some(version);
        self.versions.iter().filter(same).map(|(&section, _)| section)
    }

    /// The fields, where no header stands before them.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The fields from one page break to the next, where no header stands before them.
    pub(crate) fn sections(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.page_breaks.iter().copied().chain([self.bytes.len()]);
        let mut start = 0;
        ends.map(move |end| &self.bytes[std::mem::replace(&mut start, end)..end])
    }

    /// Appends a length and the numbers.
    pub fn f64s(&mut self, values: impl ExactSizeIterator<Item = f64>) {
        self.count(values.len());
        values.for_each(|value| self.f64(value));
    }

    /// The whole byte form, with the length in its header and the checksum at its end.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let body = (self.bytes.len() - HEADER) as u64;
        self.bytes[8..HEADER].copy_from_slice(&body.to_le_bytes());
        let checksum = crc32fast::hash(&self.bytes);
        self.u32(checksum);
        self.bytes
    }
}

//! The byte form of everything that has a memory.
//!
//! All numbers are little-endian. A saved state is
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 4 | `ANET` |
//! | 4 | 2 | format version, [`VERSION`] |
//! | 6 | 2 | kind of object, [`Kind`] |
//! | 8 | 8 | length of the body |
//! | 16 | n | body: the fields of the object, in the order its `State::write` gives |
//! | 16 + n | 4 | CRC-32 (IEEE) of everything before |
//!
//! A reader trusts nothing: lengths are compared with the bytes that are left before anything is allocated.
//!
//! Rings stand in the order of their slots and mark where a slot may begin a page ([`Writer::page_break`]), so that one
//! more sample changes few of the pages that [`crate::state`] makes of the same body.

use std::collections::BTreeMap;

use crate::error::{Result, StateError};

/// Sections by number, each with a version: equal versions of one object mean equal bytes.
pub(crate) type Versions = BTreeMap<u64, u64>;

/// The format that this build writes, and the only one it reads.
pub const VERSION: u16 = 3;

const MAGIC: &[u8; 4] = b"ANET";
const HEADER: usize = 16;
const CHECKSUM: usize = 4;

/// What kind of object a saved state holds. The numbers are part of the format: they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Kind {
    /// [`crate::sparse::score::anomaly::MultiScaleAnomaly`].
    MultiScaleAnomaly = 1,
    /// [`crate::sparse::score::scorer::StreamScorer`].
    StreamScorer = 2,
    /// A pool of [`crate::sparse::score::scorer::StreamScorer`].
    StreamScorerPool = 3,
    /// [`crate::monitor::RunMonitor`].
    RunMonitor = 4,
    /// [`crate::detect::detector::StreamDetector`].
    StreamDetector = 5,
    /// A pool of [`crate::detect::detector::StreamDetector`].
    StreamDetectorPool = 6,
    /// [`crate::episodes::Alarms`].
    Alarms = 7,
    /// [`crate::monitor::Reference`].
    MonitorReference = 8,
    /// [`crate::monitor::Monitor`].
    Monitor = 9,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::MultiScaleAnomaly,
        Self::StreamScorer,
        Self::StreamScorerPool,
        Self::RunMonitor,
        Self::StreamDetector,
        Self::StreamDetectorPool,
        Self::Alarms,
        Self::MonitorReference,
        Self::Monitor,
    ];

    /// The name of the class, as a user knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::MultiScaleAnomaly => "MultiScaleAnomaly",
            Self::StreamScorer => "StreamScorer",
            Self::StreamScorerPool => "StreamScorerPool",
            Self::RunMonitor => "Monitor",
            Self::StreamDetector => "StreamDetector",
            Self::StreamDetectorPool => "StreamDetectorPool",
            Self::Alarms => "Alarms",
            Self::MonitorReference => "monitor's Reference",
            Self::Monitor => "Monitor with its groups",
        }
    }

    pub(crate) fn name_of(code: u16) -> String {
        Self::ALL
            .into_iter()
            .find(|kind| *kind as u16 == code)
            .map_or_else(|| format!("object of unknown kind {code}"), |kind| kind.name().to_owned())
    }
}

/// Something that can be written to bytes and read back with bit-equal behaviour.
pub trait State: Sized {
    /// The kind that stands in the header.
    const KIND: Kind;

    /// Appends the fields.
    fn write(&self, out: &mut Writer);

    /// Reads the fields back and checks that they fit together.
    ///
    /// # Errors
    /// [`StateError`] where a field is missing or impossible.
    fn read(from: &mut Reader<'_>) -> Result<Self>;

    /// The whole byte form: header, fields, checksum.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(Self::KIND);
        self.write(&mut out);
        out.finish()
    }

    /// Restores an object from [`State::to_bytes`].
    ///
    /// # Errors
    /// [`StateError`] for bytes that are damaged, of another version or of another kind.
    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::open(bytes, Self::KIND)?;
        let object = Self::read(&mut reader)?;
        reader.close()?;
        Ok(object)
    }
}

/// Appends fields to a byte form.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    page_breaks: Vec<usize>,
    versions: Versions,
    /// The versions of what the reader has: that is left out.
    known: Versions,
}

macro_rules! numbers {
    ($($name:ident: $number:ty),*) => {
        impl Writer {
            $(
                #[doc = concat!("Appends one `", stringify!($number), "`.")]
                pub fn $name(&mut self, value: $number) {
                    self.bytes.extend_from_slice(&value.to_le_bytes());
                }
            )*
        }

        impl Reader<'_> {
            $(
                #[doc = concat!("Reads one `", stringify!($number), "`.\n\n# Errors\n[`StateError::Length`] where the bytes end.")]
                pub fn $name(&mut self) -> Result<$number> {
                    let bytes = self.take(size_of::<$number>())?;
                    Ok(<$number>::from_le_bytes(bytes.try_into().expect("take gives what was asked")))
                }
            )*
        }
    };
}

numbers!(u8: u8, u16: u16, u32: u32, u64: u64, i16: i16, i32: i32, i64: i64, i128: i128, f64: f64);

impl Writer {
    fn new(kind: Kind) -> Self {
        let mut writer = Self::default();
        writer.bytes.extend_from_slice(MAGIC);
        writer.u16(VERSION);
        writer.u16(kind as u16);
        writer.u64(0);
        writer
    }

    /// Appends a count, to be read back by [`Reader::count`].
    pub fn count(&mut self, count: usize) {
        self.u64(count as u64);
    }

    /// Appends a length and the bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    /// Appends bytes whose number the reader knows.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Begins a page with what follows; the bytes show nothing of it. An object breaks at the same fields and before the
    /// same slots of its rings, whatever it holds.
    pub fn page_break(&mut self) {
        self.page_breaks.push(self.bytes.len());
    }

    /// For a reader that has some sections.
    pub(crate) fn beside(known: &Versions) -> Self {
        Self { known: known.clone(), ..Self::default() }
    }

    /// Which of the next sections must be written, if these are their versions.
    pub(crate) fn lacks(&self, versions: &[u64]) -> Vec<bool> {
        let next = self.page_breaks.len() as u64 + 1..;
        versions
            .iter()
            .zip(next)
            .map(|(version, section)| self.known.get(&section) != Some(version))
            .collect()
    }

    /// [`Writer::page_break`] with a version. Nothing follows where the reader does not lack it.
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

    fn finish(mut self) -> Vec<u8> {
        let body = (self.bytes.len() - HEADER) as u64;
        self.bytes[8..HEADER].copy_from_slice(&body.to_le_bytes());
        let checksum = crc32fast::hash(&self.bytes);
        self.u32(checksum);
        self.bytes
    }
}

/// Reads fields from a byte form that somebody else may have written.
#[derive(Debug)]
pub struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    fn open(bytes: &'a [u8], wanted: Kind) -> Result<Self> {
        if !bytes.starts_with(MAGIC) {
            return Err(StateError::NotAState.into());
        }
        let mut header = Self { left: &bytes[MAGIC.len()..] };
        let version = header.u16()?;
        if version != VERSION {
            return Err(StateError::Version { got: version, wanted: VERSION }.into());
        }
        let kind = header.u16()?;
        let body = header.u64()?;
        let whole = body.saturating_add((HEADER + CHECKSUM) as u64);
        if whole != bytes.len() as u64 {
            return Err(StateError::Length { got: bytes.len(), wanted: whole }.into());
        }
        check_sum(bytes)?;
        if kind != wanted as u16 {
            return Err(StateError::Kind { got: Kind::name_of(kind), wanted: wanted.name() }.into());
        }
        Ok(Self { left: &header.left[..header.left.len() - CHECKSUM] })
    }

    /// Reads fields that no header stands before.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    /// The bytes that are left.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.left
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let Some((taken, left)) = self.left.split_at_checked(count) else {
            return Err(StateError::Length { got: self.left.len(), wanted: count as u64 }.into());
        };
        self.left = left;
        Ok(taken)
    }

    /// Reads a count of things that take at least `size` bytes each, so that it can be allocated for.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes that are left cannot hold so many.
    pub fn count(&mut self, size: usize) -> Result<usize> {
        let count = self.u64()?;
        self.enough(count, size)
    }

    /// Like [`Reader::count`], of a count that was written as a `u32`.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes that are left cannot hold so many.
    pub fn short_count(&mut self, size: usize) -> Result<usize> {
        let count = u64::from(self.u32()?);
        self.enough(count, size)
    }

    fn enough(&self, count: u64, size: usize) -> Result<usize> {
        let wanted = count.saturating_mul(size as u64);
        if wanted > self.left.len() as u64 {
            return Err(StateError::Length { got: self.left.len(), wanted }.into());
        }
        Ok(count as usize)
    }

    /// Reads a length and that many bytes.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes end.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let count = self.count(1)?;
        self.take(count)
    }

    /// Reads a length and that many numbers.
    ///
    /// # Errors
    /// [`StateError::Length`] where the bytes end.
    pub fn f64s(&mut self) -> Result<Vec<f64>> {
        let count = self.count(size_of::<f64>())?;
        (0..count).map(|_| self.f64()).collect()
    }

    pub(crate) fn close(self) -> Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(StateError::Length { got: self.left.len(), wanted: 0 }.into())
        }
    }
}

fn check_sum(bytes: &[u8]) -> Result<()> {
    let (content, stated) = bytes.split_at(bytes.len() - CHECKSUM);
    let wanted = u32::from_le_bytes(stated.try_into().expect("four bytes were split off"));
    let got = crc32fast::hash(content);
    if got == wanted { Ok(()) } else { Err(StateError::Checksum { got, wanted }.into()) }
}

//! The byte form of a history: [`crate::sparse::state`] has the table.

use std::ops::Range;

use crate::error::{Result, StateError};
use crate::sparse::index::history::{QueryScratch, SignatureHistory};
use crate::state::{Fields, Reader, Writer};

/// What rounding may add to the largest part of a vector whose norm is one.
const ROUNDING: f64 = 1e-9;

/// Signatures that a page begins after: 41 kB of the default ones.
const SIGNATURES_PER_PAGE: usize = 32;

/// By hand, for pages are left out where nothing changed, and positions take as few bytes as the largest needs.
///
/// Loading keeps the capacity: it is a parameter of the owner.
impl Fields for SignatureHistory {
    fn save(&self, out: &mut Writer) {
        let width =
            self.index.positions().map(PositionWidth::of).fold(PositionWidth::Two, PositionWidth::max);
        let versions = self.page_versions(width);
        let lacking = out.lacks(&versions);
        let mut signatures = vec![Vec::new(); self.len()];
        self.replay(
            |slot| lacking[slot / SIGNATURES_PER_PAGE],
            |slot, signature| signatures[slot] = signature.to_vec(),
        );
        out.count(self.len());
        out.count(self.oldest());
        out.u8(width as u8);
        for ((signatures, version), lacking) in
            signatures.chunks(SIGNATURES_PER_PAGE).zip(versions).zip(lacking)
        {
            out.versioned_page_break(version);
            if lacking {
                signatures.iter().for_each(|signature| save_signature(signature, width, out));
            }
        }
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let (count, oldest) = (from.u64()?, from.u64()?);
        let width = PositionWidth::read(from.u8()?)?;
        let capacity = self.capacity as u64;
        if count > capacity || oldest > 0 && (oldest >= count || count < capacity) {
            return Err(StateError::Field { name: "signatures" }.into());
        }
        let mut signatures = (0..count).map(|_| load_signature(width, from)).collect::<Result<Vec<_>>>()?;
        signatures.rotate_left(oldest as usize);
        *self = Self { next: oldest as usize, ..Self::new(self.capacity) };
        let mut scratch = QueryScratch::default();
        for signature in signatures {
            self.restore(&mut scratch, &signature).ok_or(StateError::Field { name: "positions" })?;
        }
        Ok(())
    }
}

impl SignatureHistory {
    /// The slot that the oldest signature is in: 0 until the ring is full.
    fn oldest(&self) -> usize {
        if self.len() == self.capacity { self.next } else { 0 }
    }

    /// The version of each page. Where neither its newest signature nor the width has changed, nothing has.
    fn page_versions(&self, width: PositionWidth) -> Vec<u64> {
        let version = |first| self.newest_in(first..first + SIGNATURES_PER_PAGE) << 8 | width as u64;
        (0..self.len()).step_by(SIGNATURES_PER_PAGE).map(version).collect()
    }

    /// The newest signature in a range of slots, numbered among all that were ever taken in.
    fn newest_in(&self, slots: Range<usize>) -> u64 {
        let (held, oldest) = (self.len(), self.oldest());
        let order = |slot| (slot + held - oldest) % held;
        let newest = (slots.start..slots.end.min(held)).map(order).max().unwrap_or(0);
        self.taken - held as u64 + newest as u64
    }

    /// Calls `visit` with each signature held in a slot that is `wanted`, oldest first: the slot, and its positions with their
    /// normalised elevations.
    fn replay(&self, wanted: impl Fn(usize) -> bool, mut visit: impl FnMut(usize, &[(i128, f64)])) {
        // Postings of each list that belong to older signatures.
        let mut older = vec![0_u32; self.index.end()];
        let (mut start, mut signature) = (0, Vec::new());
        for (order, &length) in self.lengths.iter().enumerate() {
            let lists = (start..start + length as usize).map(|at| self.lists.get(at));
            start += length as usize;
            let slot = (self.oldest() + order) % self.len();
            if wanted(slot) {
                signature.clear();
                signature.extend(lists.clone().map(|list| self.index.entry(list, older[list as usize])));
                visit(slot, &signature);
            }
            lists.for_each(|list| older[list as usize] += 1);
        }
    }

    /// Takes in a signature from [`SignatureHistory::replay`]; `None` where a position comes twice.
    fn restore(&mut self, scratch: &mut QueryScratch, signature: &[(i128, f64)]) -> Option<()> {
        self.index.read(&mut scratch.query, signature.iter().copied());
        self.take(&scratch.query);
        (scratch.query.len() == signature.len()).then_some(())
    }
}

fn save_signature(signature: &[(i128, f64)], width: PositionWidth, out: &mut Writer) {
    out.u32(signature.len() as u32);
    signature.iter().for_each(|entry| width.save(entry.0, out));
    signature.iter().for_each(|entry| out.f64(entry.1));
}

fn load_signature(width: PositionWidth, from: &mut Reader<'_>) -> Result<Vec<(i128, f64)>> {
    let count = from.short_count(width as usize + size_of::<f64>())?;
    let positions: Result<Vec<i128>> = (0..count).map(|_| width.load(from)).collect();
    let mut signature = Vec::with_capacity(count);
    for position in positions? {
        let elevation = from.f64()?;
        if !(0.0..=1.0 + ROUNDING).contains(&elevation.abs()) {
            return Err(StateError::Field { name: "elevations" }.into());
        }
        signature.push((position, elevation));
    }
    Ok(signature)
}

/// Bytes that a position takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum PositionWidth {
    Two = 2,
    Four = 4,
    Eight = 8,
    Sixteen = 16,
}

impl PositionWidth {
    const ALL: [Self; 4] = [Self::Two, Self::Four, Self::Eight, Self::Sixteen];

    /// The narrowest for a position.
    fn of(position: i128) -> Self {
        match u64::try_from(position) {
            Ok(position) if position <= u16::MAX.into() => Self::Two,
            Ok(position) if position <= u32::MAX.into() => Self::Four,
            Ok(_) => Self::Eight,
            Err(_) => Self::Sixteen,
        }
    }

    fn read(bytes: u8) -> Result<Self> {
        let width = Self::ALL.into_iter().find(|width| *width as u8 == bytes);
        width.ok_or(StateError::Field { name: "width" }.into())
    }

    fn save(self, position: i128, out: &mut Writer) {
        match self {
            Self::Two => out.u16(position as u16),
            Self::Four => out.u32(position as u32),
            Self::Eight => out.u64(position as u64),
            Self::Sixteen => out.i128(position),
        }
    }

    fn load(self, from: &mut Reader<'_>) -> Result<i128> {
        Ok(match self {
            Self::Two => from.u16()?.into(),
            Self::Four => from.u32()?.into(),
            Self::Eight => from.u64()?.into(),
            Self::Sixteen => from.i128()?,
        })
    }
}

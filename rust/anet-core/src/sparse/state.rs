//! The byte form of what has a history: detectors, scorers and pools of scorers.
//!
//! These are the bodies; [`crate::state::codec`] tells what stands around them. All numbers are little-endian.
//!
//! | object | body |
//! |---|---|
//! | `MultiScaleAnomaly` | detector, history |
//! | `StreamScorer` | encoder, detector, memory |
//! | `StreamScorerPool` | encoder, detector, u64 number of streams, a memory for each |
//!
//! | part | bytes | what |
//! |---|---|---|
//! | detector | 8 | u64 number of scales |
//! | | 4 each | u32 the scales, as given |
//! | | 8 | i64 nearest neighbours, as given |
//! | encoder | 4 | u32 samples in a window |
//! | | 8 | u64 dimension |
//! | | 8 | u64 most positions |
//! | | 8 | u64 bytes of the seed |
//! | | those | the seed in UTF-8 |
//! | memory | 8 | u64 number of samples, at most a window |
//! | | 8 each | f64 the samples, oldest first |
//! | | | history |
//! | history | 8 | u64 number of signatures, at most the largest scale |
//! | | 8 | u64 which of them is the oldest, 0 until the largest scale is full |
//! | | 1 | u8 width of a position: 2, 4 or 8 bytes unsigned, or 16 signed |
//! | | | the signatures, in the order of their slots: each is newer than the one before, but for the oldest |
//! | signature | 4 | u32 number of positions |
//! | | width each | the positions, no two the same |
//! | | 8 each | f64 the elevation at each, divided by the norm of all |

use std::collections::VecDeque;
use std::sync::Arc;

use crate::error::{Result, StateError};
use crate::params::{Dimension, Length, MaxPositions, Seed};
use crate::pool::Pool;
use crate::sparse::encode::encoder::Encoder;
use crate::sparse::index::history::{History, Work};
use crate::sparse::score::anomaly::MultiScaleAnomaly;
use crate::sparse::score::scorer::StreamScorer;
use crate::state::Parameters;
use crate::state::codec::{Kind, Reader, State, Writer};

/// What rounding may add to the largest part of a vector whose norm is one.
const ROUNDING: f64 = 1e-9;

impl State for MultiScaleAnomaly {
    const KIND: Kind = Kind::MultiScaleAnomaly;

    fn write(&self, out: &mut Writer) {
        write_detector(self, out);
        write_history(self.history(), out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut detector = read_detector(from)?;
        detector.set_history(read_history(detector.history().capacity(), from)?);
        Ok(detector)
    }
}

impl Parameters for StreamScorer {
    fn parameters(&self, out: &mut Writer) {
        write_parameters(self, out);
    }
}

impl State for StreamScorer {
    const KIND: Kind = Kind::StreamScorer;

    fn write(&self, out: &mut Writer) {
        write_parameters(self, out);
        write_memory(self, out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let blank = read_parameters(from)?;
        read_memory(&blank, from)
    }
}

impl State for Pool<StreamScorer> {
    const KIND: Kind = Kind::StreamScorerPool;

    fn write(&self, out: &mut Writer) {
        write_parameters(self.blank(), out);
        out.count(self.streams().len());
        self.streams().iter().for_each(|stream| write_memory(stream, out));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let blank = read_parameters(from)?;
        let count = from.count(SMALLEST_MEMORY)?;
        let streams: Result<Vec<StreamScorer>> = (0..count).map(|_| read_memory(&blank, from)).collect();
        Ok(Self::from_streams(blank, streams?))
    }
}

/// Bytes of the memory of a stream that has seen nothing: three counts and a width.
const SMALLEST_MEMORY: usize = 25;

/// Signatures that a page begins after: 41 kB of the default ones.
const SLOTS: usize = 32;

fn write_detector(detector: &MultiScaleAnomaly, out: &mut Writer) {
    out.count(detector.scales().len());
    detector.scales().iter().for_each(|scale| out.u32(scale.get() as u32));
    out.i64(detector.neighbours());
}

fn read_detector(from: &mut Reader<'_>) -> Result<MultiScaleAnomaly> {
    let count = from.count(size_of::<u32>())?;
    let scales: Result<Vec<Length>> = (0..count).map(|_| length("scales", from.u32()?)).collect();
    Ok(MultiScaleAnomaly::new(&scales?, from.i64()?))
}

fn write_parameters(scorer: &StreamScorer, out: &mut Writer) {
    out.u32(scorer.window().get() as u32);
    out.u64(scorer.encoder().dimension().get());
    out.u64(scorer.encoder().max_positions().get());
    out.bytes(scorer.encoder().seed().get().as_bytes());
    write_detector(scorer.anomaly(), out);
}

fn read_parameters(from: &mut Reader<'_>) -> Result<StreamScorer> {
    let window = length("window", from.u32()?)?;
    let dimension = field("dimension", Dimension::try_from(from.u64()?))?;
    let max_positions = MaxPositions::from(from.u64()?);
    let text = str::from_utf8(from.bytes()?).map_err(|_| StateError::Field { name: "seed" })?;
    let encoder = Encoder::new(dimension, max_positions, field("seed", Seed::try_from(text))?);
    Ok(StreamScorer::new(window, Arc::new(encoder), read_detector(from)?))
}

fn write_memory(scorer: &StreamScorer, out: &mut Writer) {
    out.f64s(scorer.samples().iter().copied());
    write_history(scorer.anomaly().history(), out);
}

fn read_memory(blank: &StreamScorer, from: &mut Reader<'_>) -> Result<StreamScorer> {
    let samples = VecDeque::from(from.f64s()?);
    if samples.len() > blank.window().get() {
        return Err(StateError::Field { name: "samples" }.into());
    }
    let mut anomaly = blank.anomaly().clone();
    anomaly.set_history(read_history(anomaly.history().capacity(), from)?);
    Ok(blank.with_memory(samples, anomaly))
}

fn write_history(history: &History, out: &mut Writer) {
    let width = history.held_positions().map(Width::of).fold(Width::Two, Width::max);
    // Where neither the newest signature of a section nor the width has changed, nothing has.
    let version = |first| history.newest_in(first..first + SLOTS) << 8 | width as u64;
    let versions: Vec<u64> = (0..history.len()).step_by(SLOTS).map(version).collect();
    let lacking = out.lacks(&versions);
    let mut signatures = vec![Vec::new(); history.len()];
    history.replay(|slot| lacking[slot / SLOTS], |slot, signature| signatures[slot] = signature.to_vec());
    out.count(history.len());
    out.count(history.oldest());
    out.u8(width as u8);
    for ((signatures, version), lacking) in signatures.chunks(SLOTS).zip(versions).zip(lacking) {
        out.versioned_page_break(version);
        if lacking {
            signatures.iter().for_each(|signature| write_signature(signature, width, out));
        }
    }
}

fn write_signature(signature: &[(i128, f64)], width: Width, out: &mut Writer) {
    out.u32(signature.len() as u32);
    signature.iter().for_each(|entry| width.write(entry.0, out));
    signature.iter().for_each(|entry| out.f64(entry.1));
}

fn read_history(capacity: usize, from: &mut Reader<'_>) -> Result<History> {
    let (count, oldest) = (from.u64()?, from.u64()?);
    let width = Width::read(from.u8()?)?;
    if count > capacity as u64 || oldest > 0 && (oldest >= count || count < capacity as u64) {
        return Err(StateError::Field { name: "signatures" }.into());
    }
    let mut signatures = (0..count).map(|_| read_signature(width, from)).collect::<Result<Vec<_>>>()?;
    signatures.rotate_left(oldest as usize);
    let (mut history, mut work) = (History::beginning_at(capacity, oldest as usize), Work::default());
    for signature in signatures {
        history.restore(&mut work, &signature).ok_or(StateError::Field { name: "positions" })?;
    }
    Ok(history)
}

fn read_signature(width: Width, from: &mut Reader<'_>) -> Result<Vec<(i128, f64)>> {
    let count = from.short_count(width as usize + size_of::<f64>())?;
    let positions: Result<Vec<i128>> = (0..count).map(|_| width.read_position(from)).collect();
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

/// How many bytes a position takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Width {
    Two = 2,
    Four = 4,
    Eight = 8,
    Sixteen = 16,
}

impl Width {
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

    fn write(self, position: i128, out: &mut Writer) {
        match self {
            Self::Two => out.u16(position as u16),
            Self::Four => out.u32(position as u32),
            Self::Eight => out.u64(position as u64),
            Self::Sixteen => out.i128(position),
        }
    }

    fn read_position(self, from: &mut Reader<'_>) -> Result<i128> {
        Ok(match self {
            Self::Two => from.u16()?.into(),
            Self::Four => from.u32()?.into(),
            Self::Eight => from.u64()?.into(),
            Self::Sixteen => from.i128()?,
        })
    }
}

fn length(name: &'static str, value: u32) -> Result<Length> {
    field(name, Length::try_from(value as usize))
}

/// What a constructor refuses no saved object could have held.
fn field<T>(name: &'static str, value: Result<T>) -> Result<T> {
    value.map_err(|_| StateError::Field { name }.into())
}

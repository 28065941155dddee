//! The byte form of what has a history: detectors, scorers and pools of scorers.
//!
//! These are the bodies; [`crate::state`] has what stands around them. All numbers are little-endian.
//!
//! | object | body |
//! |---|---|
//! | `MultiScaleAnomaly` | scales, history |
//! | `StreamScorer` | scorer, memory |
//! | `StreamScorerPool` | scorer, names, u64 number of streams, a memory for each |
//!
//! | part | bytes | what |
//! |---|---|---|
//! | scorer | 4 | u32 samples in a window |
//! | | | encoder |
//! | | | scales |
//! | encoder | 8 | u64 dimension |
//! | | 8 | u64 most positions |
//! | | 8 | u64 bytes of the seed |
//! | | those | the seed in UTF-8 |
//! | scales | 8 | u64 number of scales |
//! | | 4 each | u32 each scale, as given |
//! | | 8 | i64 nearest neighbours, as given |
//! | memory | 8 | u64 number of samples, at most a window |
//! | | 8 each | f64 the samples, oldest first |
//! | | | history |
//! | history | 8 | u64 number of signatures, at most the largest scale |
//! | | 8 | u64 slot of the oldest, 0 until the largest scale is full |
//! | | 1 | u8 width of a position: 2, 4 or 8 bytes unsigned, or 16 signed |
//! | | | the signatures, in the order of their slots: each is newer than the one before, but for the oldest |
//! | signature | 4 | u32 number of positions |
//! | | width each | the positions, no two the same |
//! | | 8 each | f64 the elevation at each, divided by the norm of all |
//!
//! The fields of a scorer, an encoder and a detector are their parameters; a memory is loaded into an object that was made with
//! them.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::error::{Result, StateError};
use crate::names::Names;
use crate::params::{Dimension, Length, MaxPositions, Seed};
use crate::pool::Pool;
use crate::sparse::encode::SparseEncoder;
use crate::sparse::score::{MultiScaleAnomaly, ScaleSet, StreamScorer};
use crate::state::{Fields, Kind, Parameters, Reader, State, Writer, fields};

fields!(StreamScorer { window, encoder, anomaly });
fields!(SparseEncoder { (hasher.dimension), max_positions, (hasher.seed) } then rekey);
fields!(MultiScaleAnomaly { scales, neighbours } then fit);
fields!(ScaleSet { given } then fit);

impl SparseEncoder {
    fn rekey(&mut self) -> Result<()> {
        *self = Self::new(self.dimension(), self.max_positions(), self.seed().clone());
        Ok(())
    }
}

impl MultiScaleAnomaly {
    fn fit(&mut self) -> Result<()> {
        self.forget();
        Ok(())
    }
}

impl ScaleSet {
    fn fit(&mut self) -> Result<()> {
        self.arrange();
        Ok(())
    }
}

impl State for MultiScaleAnomaly {
    const KIND: Kind = Kind::MultiScaleAnomaly;

    fn write(&self, out: &mut Writer) {
        self.save(out);
        self.history.save(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut detector = Self::new(&[], 0);
        detector.load(from)?;
        detector.history.load(from)?;
        Ok(detector)
    }
}

impl Parameters for StreamScorer {
    fn parameters(&self, out: &mut Writer) {
        self.save(out);
    }

    fn named_parameters(&self) -> Vec<(&'static str, String)> {
        let (encoder, anomaly) = (self.encoder(), self.anomaly());
        let scales: Vec<usize> = anomaly.scales().iter().map(|scale| scale.get()).collect();
        vec![
            ("window", self.window().get().to_string()),
            ("dimension", encoder.dimension().get().to_string()),
            ("max_positions", encoder.max_positions().get().to_string()),
            ("scales", format!("{scales:?}")),
            ("knn_k", anomaly.neighbours().to_string()),
            ("seed", format!("{:?}", encoder.seed().get())),
        ]
    }
}

impl State for StreamScorer {
    const KIND: Kind = Kind::StreamScorer;

    fn write(&self, out: &mut Writer) {
        self.save(out);
        self.save_memory(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut scorer = Self::smallest()?;
        scorer.load(from)?;
        scorer.with_memory(from)
    }
}

impl StreamScorer {
    /// A scorer to load another's parameters into.
    fn smallest() -> Result<Self> {
        let encoder = SparseEncoder::new(Dimension::try_from(1)?, MaxPositions::from(0), Seed::try_from("")?);
        Ok(Self::new(Length::try_from(1)?, Arc::new(encoder), MultiScaleAnomaly::new(&[], 0)))
    }

    fn save_memory(&self, out: &mut Writer) {
        out.f64s(self.samples.iter().copied());
        self.anomaly.history.save(out);
    }

    /// The same stream with the memory that the bytes hold.
    fn with_memory(&self, from: &mut Reader<'_>) -> Result<Self> {
        let mut scorer = Self { samples: VecDeque::from(from.f64s()?), ..self.clone() };
        if scorer.samples.len() > scorer.window.get() {
            return Err(StateError::Field { name: "samples" }.into());
        }
        scorer.anomaly.history.load(from)?;
        Ok(scorer)
    }
}

/// Bytes of the memory of a stream that has seen nothing: three counts and a width.
const SMALLEST_MEMORY: usize = 25;

impl State for Pool<StreamScorer> {
    const KIND: Kind = Kind::StreamScorerPool;

    fn write(&self, out: &mut Writer) {
        self.blank().save(out);
        self.names().save(out);
        out.count(self.streams().len());
        self.streams().iter().for_each(|stream| stream.save_memory(out));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut blank = StreamScorer::smallest()?;
        blank.load(from)?;
        let mut names = Names::none();
        names.load(from)?;
        let count = from.count(SMALLEST_MEMORY)?;
        let streams: Result<Vec<_>> = (0..count).map(|_| blank.with_memory(from)).collect();
        Self::from_streams(blank, streams?).with_names(names)
    }
}

/// Loading makes an object of its own: what others share stays as it is.
impl<T: Fields + Clone> Fields for Arc<T> {
    fn save(&self, out: &mut Writer) {
        self.as_ref().save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        Self::make_mut(self).load(from)
    }
}

/// The scales of a detector.
impl Fields for Vec<Length> {
    fn save(&self, out: &mut Writer) {
        out.count(self.len());
        self.iter().for_each(|length| length.save(out));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let count = from.count(size_of::<u32>())?;
        *self = vec![Length::try_from(1)?; count];
        let loaded = self.iter_mut().try_for_each(|scale| scale.load(from));
        loaded.map_err(|error| error.in_field("scales"))
    }
}

/// Numbers with a domain: what their constructor refuses no saved object could have held.
macro_rules! checked {
    ($($type:ident($wide:ident) as $number:ident: $name:expr;)*) => {
        $(impl Fields for $type {
            fn save(&self, out: &mut Writer) {
                out.$number(self.get() as $number);
            }

            fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
                *self = Self::try_from(from.$number()? as $wide).or(Err(StateError::Field { name: $name }))?;
                Ok(())
            }
        })*
    };
}

checked! {
    Length(usize) as u32: StateError::UNNAMED;
    Dimension(u64) as u64: "dimension";
    MaxPositions(u64) as u64: "max_positions";
}

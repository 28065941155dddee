//! Many streams of one channel each, pushed together.

use crate::detect::component::COMPONENTS;
use crate::detect::detector::StreamDetector;
use crate::detect::settings::{ChannelCount, DetectorSettings};
use crate::error::Result;
use crate::names::Names;
use crate::pool::{Pool, Stream};
use crate::state::{Fields, Kind, Parameters, Reader, State, Writer};

/// Bytes that a saved stream takes at least: a forged number of streams is refused before it is allocated for.
const SMALLEST: usize = 1024;

/// A row is the score, the p-value, 1 where it is held back, what was expected, and the components.
impl Stream for StreamDetector {
    type Work = ();

    fn width(&self) -> usize {
        4 + COMPONENTS
    }

    fn push_row(&mut self, (): &mut (), sample: f64, row: &mut [f64]) {
        // A pool is made of streams of one channel, and those take every sample.
        if let Ok(detection) = self.push(&[sample]) {
            (row[0], row[1]) = (detection.score, detection.p_value);
            (row[2], row[3]) = (f64::from(detection.held), detection.expected);
            row[4..].copy_from_slice(&detection.parts);
        }
    }
}

impl Parameters for Pool<StreamDetector> {
    fn parameters(&self, out: &mut Writer) {
        self.blank().settings().save(out);
    }

    fn named_parameters(&self) -> Vec<(&'static str, String)> {
        self.blank().settings().named()
    }

    /// How many threads work is nobody's state.
    fn settled(mut self, like: &Self) -> Self {
        self.set_threads(like.threads());
        self
    }
}

impl State for Pool<StreamDetector> {
    const KIND: Kind = Kind::StreamDetectorPool;

    fn write(&self, out: &mut Writer) {
        self.blank().settings().save(out);
        self.names().save(out);
        out.count(self.streams().len());
        for (stream, last_order) in self.streams().iter().zip(self.last_orders()) {
            out.page_break();
            last_order.save(out);
            stream.save(out);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut settings = DetectorSettings::default();
        settings.load(from)?;
        let blank = StreamDetector::new(DetectorSettings { channels: ChannelCount::ONE, ..settings });
        let mut names = Names::none();
        names.load(from)?;
        let count = from.count(SMALLEST)?;
        let (mut streams, mut last_orders) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let (mut last_order, mut stream) = (None, blank.clone());
            last_order.load(from)?;
            stream.load(from)?;
            last_orders.push(last_order);
            streams.push(stream);
        }
        Self::from_streams(blank, streams).with_names(names)?.with_last_orders(last_orders)
    }
}

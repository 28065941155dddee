//! Many streams of one channel each, pushed together.

use crate::detect::component::COMPONENTS;
use crate::detect::detector::StreamDetector;
use crate::detect::settings::{ChannelCount, DetectorSettings};
use crate::error::Result;
use crate::names::Names;
use crate::pool::{Pool, Stream};
use crate::state::{Fields, Kind, Reader, State, Writer};

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

impl State for Pool<StreamDetector> {
    const KIND: Kind = Kind::StreamDetectorPool;

    fn write(&self, out: &mut Writer) {
        self.blank().settings().save(out);
        self.names().save(out);
        out.count(self.streams().len());
        self.streams().iter().for_each(|stream| stream.save(out));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut settings = DetectorSettings::default();
        settings.load(from)?;
        let blank = StreamDetector::new(DetectorSettings { channels: ChannelCount::ONE, ..settings });
        let mut names = Names::none();
        names.load(from)?;
        let count = from.count(SMALLEST)?;
        let stream = |_| {
            let mut stream = blank.clone();
            stream.load(from)?;
            Ok(stream)
        };
        let streams: Result<Vec<StreamDetector>> = (0..count).map(stream).collect();
        Self::from_streams(blank, streams?).with_names(names)
    }
}

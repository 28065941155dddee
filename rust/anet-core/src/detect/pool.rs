//! Many streams of one channel each, pushed together.

use crate::detect::component::PARTS;
use crate::detect::detector::{Settings, StreamDetector};
use crate::error::Result;
use crate::pool::{Pool, Stream};
use crate::state::codec::{Kind, Reader, State, Writer};

/// Bytes of a stream that is worth allocating for: a saved one takes more.
const SMALLEST: usize = 1024;

/// A row is the score, the p-value and the parts.
impl Stream for StreamDetector {
    type Work = ();

    fn width(&self) -> usize {
        2 + PARTS
    }

    fn push_row(&mut self, (): &mut (), sample: f64, row: &mut [f64]) {
        // A pool is made of streams of one channel, and those take every sample.
        if let Ok(detection) = self.push(&[sample]) {
            (row[0], row[1]) = (detection.score, detection.p_value);
            row[2..].copy_from_slice(&detection.parts);
        }
    }
}

impl State for Pool<StreamDetector> {
    const KIND: Kind = Kind::StreamDetectorPool;

    fn write(&self, out: &mut Writer) {
        self.blank().settings().write(out);
        out.count(self.streams().len());
        self.streams().iter().for_each(|stream| stream.write_channels(out));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let blank =
            StreamDetector::new(Settings { channels: Settings::default().channels, ..Settings::read(from)? });
        let count = from.count(SMALLEST)?;
        let stream = |_| {
            let mut stream = blank.clone();
            stream.restore_channels(from)?;
            Ok(stream)
        };
        let streams: Result<Vec<StreamDetector>> = (0..count).map(stream).collect();
        Ok(Self::from_streams(blank, streams?))
    }
}

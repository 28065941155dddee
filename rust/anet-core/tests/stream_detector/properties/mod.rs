//! What holds of any stream, whatever its answers are.

mod any_stream;
mod events;
#[path = "../../../../anet-simd/tests/common/runner.rs"]
mod runner;
mod states;

use anet_core::{Detection, StreamDetector};

fn detections(detector: &mut StreamDetector, xs: &[f64]) -> Vec<Detection> {
    xs.iter().map(|&x| detector.push(&[x]).expect("one channel")).collect()
}

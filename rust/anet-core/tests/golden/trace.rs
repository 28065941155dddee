//! End to end.

use anet_core::Error;
use anet_core::params::{Dimension, Length, MaxPositions, Seed};
use anet_core::sparse::encode::encoder::Encoder;
use anet_core::sparse::score::anomaly::{MultiScaleAnomaly, Score};
use anet_core::sparse::score::trace::{Event, Trace};
use anet_zeta::{normalized_gaps, smooth_heights};
use serde_json::Value;

use crate::load::{close, number, numbers, of_call};

fn trace(arguments: &Value) -> anet_core::Result<Trace> {
    let count = |name: &str, default: u64| arguments[name].as_u64().unwrap_or(default);
    let seed = arguments["seed"].as_str().unwrap_or("rh_sparse_demo");
    let scales = arguments.get("scales").map_or(vec![64.0, 256.0, 1024.0], numbers);
    let scales: Result<Vec<_>, _> = scales.iter().map(|scale| Length::try_from(*scale as usize)).collect();
    let encoder = Encoder::new(
        Dimension::try_from(count("dim", 4096))?,
        MaxPositions::from(count("topk", 128)),
        Seed::try_from(seed)?,
    );
    let event = if arguments["inject_jolt"].as_bool().unwrap_or(true) { Event::Jolt } else { Event::None };
    let anomaly = MultiScaleAnomaly::new(&scales?, count("knn_k", 5) as i64);
    let heights = smooth_heights(count("K_zeros", 3000) as usize).expect("a count of zeros");
    Trace::new(
        normalized_gaps(&heights),
        Length::try_from(count("window", 256) as usize)?,
        event,
        encoder,
        anomaly,
    )
}

fn compare(name: &Value, row: &Value, index: usize, score: Score<'_>) {
    assert_eq!(index as f64, number(&row[0]), "{name}");
    assert!(close(score.combined, number(&row[1]), 1e-12), "{name}, row {index}");
    let want = numbers(&row[2]);
    assert_eq!(score.per_scale.len(), want.len());
    assert!(score.per_scale.iter().zip(&want).all(|(&g, &w)| close(g, w, 1e-12)), "{name}, row {index}");
}

/// One by one, and all at once.
fn check(case: &Value) {
    let name = &case["name"];
    let rows = case["result"].as_array().expect("rows");
    let mut whole = trace(&case["kwargs"]).expect("the published program accepts it");
    let mut left = rows.iter();
    whole.run(usize::MAX, |index, score| compare(name, left.next().expect("a row is left"), index, score));
    assert_eq!((left.len(), whole.remaining()), (0, 0), "{name}");
    let mut trace = trace(&case["kwargs"]).expect("the published program accepts it");
    for row in rows {
        trace.run(1, |index, score| compare(name, row, index, score));
    }
    assert_eq!(trace.remaining(), 0, "{name}");
}

#[test]
fn trace_answers_four_cases() {
    let cases = of_call("trace", "anomaly_trace_from_rh");
    assert_eq!(cases.len(), 4);
    let (refused, answered): (Vec<_>, Vec<_>) =
        cases.into_iter().partition(|case| case.get("raises").is_some());
    assert_eq!((refused.len(), answered.len()), (1, 3));
    answered.iter().for_each(check);
    let error = trace(&refused[0]["kwargs"]).unwrap_err();
    assert!(matches!(error, Error::TooFewGaps { got, wanted } if got < wanted), "{error}");
}

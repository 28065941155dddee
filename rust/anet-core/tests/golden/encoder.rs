//! Signatures and positions of the published encoder, on every level.

use std::collections::HashMap;

use anet_core::SparseEncoder;
use anet_core::params::{Dimension, MaxPositions, Seed};
use anet_simd::Level;
use serde_json::Value;

use crate::load::{close, number, numbers, of_call};

/// Relative difference that the order of operations in a tanh may make.
const TOLERANCE: f64 = 1e-12;

#[test]
fn encode_answers_96_cases() {
    let cases = of_call("encoder", "SparseEncoder.encode");
    assert_eq!(cases.len(), 96);
    for case in cases {
        for level in Level::all_supported() {
            match case.get("result") {
                Some(result) => same_signature(level, &case, result),
                None => refused(&case["kwargs"]),
            }
        }
    }
}

#[test]
fn position_answers_eight_cases() {
    let cases = of_call("encoder", "SparseEncoder._hpos");
    assert_eq!(cases.len(), 8);
    for case in cases {
        let arg = |index: usize| &case["args"][index];
        let encoder = encoder(Level::portable(), arg(1), &Value::from(1), arg(0));
        let position = encoder.position(arg(2).as_i64().unwrap(), arg(3).as_str().unwrap(), number(arg(4)));
        assert_eq!(Some(position), case["result"].as_u64(), "{}", case["name"]);
    }
}

fn encoder(level: Level, dimension: &Value, max_positions: &Value, seed: &Value) -> SparseEncoder {
    let count = |value: &Value| value.as_u64().expect("a count");
    SparseEncoder::on(
        level,
        Dimension::try_from(count(dimension)).unwrap(),
        MaxPositions::from(count(max_positions)),
        Seed::try_from(seed.as_str().unwrap()).unwrap(),
    )
}

fn same_signature(level: Level, case: &Value, result: &Value) {
    let name = format!("{} on {}", case["name"], level.name());
    let kwargs = &case["kwargs"];
    let encoder = encoder(level, &kwargs["dimension"], &kwargs["max_positions"], &kwargs["seed"]);
    let signature = encoder.encode(&numbers(&case["args"][0]));
    let positions = result["positions"].as_array().unwrap().iter().map(|p| p.as_u64().unwrap());
    let elevations = numbers(&result["elevations"]);
    assert_eq!(signature.positions.len(), elevations.len(), "{name}");
    assert_eq!(signature.sparsity(), number(&result["sparsity"]), "{name}");
    let wanted: HashMap<u64, f64> = positions.zip(elevations.iter().copied()).collect();
    let pairs = signature.positions.iter().zip(&signature.elevations);
    for ((position, got), at_rank) in pairs.zip(elevations) {
        assert!(close(*got, at_rank, TOLERANCE), "{name}: {got} for {at_rank}");
        // Two elevations this close stand in an order that the last bit of a tanh decides.
        assert!(close(wanted[position], at_rank, TOLERANCE), "{name}: {position} out of order");
    }
}

fn refused(kwargs: &Value) {
    let error = Seed::try_from(kwargs["seed"].as_str().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "seed must be at most 64 bytes in UTF-8, got 65 bytes");
}

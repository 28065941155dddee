//! The known answers of `tests/golden/zeta.json`, the same file that the Python tests read.

use anet_zeta::{
    Error, NEWTON_STEPS, counting_function, invert_counting_function, normalized_gaps, smooth_heights,
};

// One reader of known answers for all crates.
#[path = "../../anet-core/tests/golden/load.rs"]
mod load;

use load::{close, number, numbers, of_call};

/// The answers come from the C library's logarithm on Linux; another one may differ in its last bit.
const SAME_LOGARITHM: f64 = if cfg!(all(target_os = "linux", target_env = "gnu")) { 0.0 } else { 1e-15 };

#[test]
fn counting_function_answers_ten_cases() {
    let cases = of_call("zeta", "N_riemann");
    assert_eq!(cases.len(), 10);
    for case in cases {
        let got = counting_function(number(&case["args"][0]));
        assert!(close(got, number(&case["result"]), SAME_LOGARITHM), "{}: {got}", case["name"]);
    }
}

#[test]
fn invert_counting_function_answers_102_cases_bit_for_bit() {
    let cases = of_call("zeta", "invert_N_for_k");
    assert_eq!(cases.len(), 102);
    for case in cases {
        let iterations = case["args"][1].as_u64().unwrap_or(NEWTON_STEPS);
        let got = invert_counting_function(number(&case["args"][0]), iterations);
        assert!(close(got, number(&case["result"]), SAME_LOGARITHM), "{}: {got}", case["name"]);
    }
}

#[test]
fn smooth_heights_answers_six_cases_bit_for_bit() {
    let cases = of_call("zeta", "generate_gammas");
    assert_eq!(cases.len(), 6);
    for case in cases {
        let count = case["args"][0].as_u64().expect("an integer");
        let (got, want) = (smooth_heights(count as usize).expect("small"), numbers(&case["result"]));
        assert_eq!(got.len(), want.len());
        assert!(got.iter().zip(&want).all(|(&g, &w)| close(g, w, SAME_LOGARITHM)), "{}", case["name"]);
    }
}

#[test]
fn normalized_gaps_answers_five_cases() {
    let cases = of_call("zeta", "normalized_gaps");
    assert_eq!(cases.len(), 5);
    for case in cases {
        let got = normalized_gaps(&numbers(&case["args"][0]));
        let want = numbers(&case["result"]);
        assert_eq!(got.len(), want.len(), "{}", case["name"]);
        assert!(got.iter().zip(&want).all(|(&g, &w)| close(g, w, 1e-12)), "{}", case["name"]);
    }
}

#[test]
fn a_count_beyond_the_memory_is_refused() {
    let error = smooth_heights(1 << 60).expect_err("eight exabytes");
    assert_eq!(error, Error::OutOfMemory { heights: 1 << 60 });
    assert_eq!(error.to_string(), "1152921504606846976 heights do not fit the memory");
}

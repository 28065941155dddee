//! The six metrics, departures from the published program included.

use anet_core::metric::{
    Beta, Histories, Precursor, Snapshot, Weights, entropy_rate, f_total, processivity, theta_consistency,
};
use anet_core::params::Length;
use serde_json::Value;

use crate::load::{close, load, number, numbers, of_call};

/// Differences of entropies, and divergences of equal spectra, cancel down to their rounding.
fn near(got: f64, want: f64) -> bool {
    close(got, want, 1e-12) || (got - want).abs() <= 1e-14
}

/// The cases of one function, their number asserted.
fn cases(call: &str, count: usize) -> Vec<Value> {
    let cases = of_call("anet", call);
    assert_eq!(cases.len(), count, "{call}");
    cases
}

/// An argument by its place or name, or the default.
fn argument(case: &Value, place: usize, name: &str, default: f64) -> f64 {
    case["args"].get(place).or_else(|| case["kwargs"].get(name)).map_or(default, number)
}

#[test]
fn every_case_is_read() {
    assert_eq!(load("anet").len(), 159);
}

#[test]
fn theta_answers_26_cases_two_of_which_the_published_program_refuses() {
    let mut departures = 0;
    for case in cases("theta_consistency", 26) {
        let beta = Beta::try_from(number(&case["args"][2])).unwrap();
        let got = theta_consistency(&numbers(&case["args"][0]), &numbers(&case["args"][1]), beta);
        if case["raises"] == "ValueError" {
            assert!((0.5..0.95).contains(&got), "{}: {got}", case["name"]);
            departures += 1;
        } else {
            assert!(near(got, number(&case["result"])), "{}: {got}", case["name"]);
        }
    }
    assert_eq!(departures, 2);
}

#[test]
fn entropy_rate_answers_39_cases_four_of_which_the_published_program_refuses() {
    let mut departures = 0;
    for case in cases("entropy_rate", 39) {
        let window = Length::try_from(case["args"][1].as_u64().unwrap() as usize).unwrap();
        let got = entropy_rate(&numbers(&case["args"][0]), window);
        if case["raises"] == "ValueError" {
            assert!(got.is_nan(), "{}: {got}", case["name"]);
            departures += 1;
        } else {
            assert!(near(got, number(&case["result"])), "{}: {got}", case["name"]);
        }
    }
    assert_eq!(departures, 4);
}

#[test]
fn processivity_answers_16_cases_three_of_which_differ_in_length() {
    let mut refused = 0;
    for case in cases("processivity", 16) {
        match processivity(&numbers(&case["args"][0]), &numbers(&case["args"][1])) {
            Ok(got) => assert!(near(got, number(&case["result"])), "{}: {got}", case["name"]),
            Err(error) => {
                assert_eq!(case["raises"], "ValueError");
                assert!(error.to_string().starts_with("grad_norms and step_norms must have the same length"));
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 3);
}

#[test]
fn f_total_answers_three_cases() {
    for case in cases("f_total", 3) {
        let weights = Weights::new(argument(&case, 2, "w_s", 1.0), argument(&case, 3, "w_p", 1.0)).unwrap();
        let got = f_total(number(&case["args"][0]), number(&case["args"][1]), weights);
        assert!(near(got, number(&case["result"])), "{}: {got}", case["name"]);
    }
}

#[test]
fn precursor_answers_65_cases_ten_of_which_the_published_program_misses() {
    let mut departures = 0;
    for case in cases("two_second_precursor", 65) {
        let (rate, seconds) = (argument(&case, 1, "rate_hz", 10.0), argument(&case, 2, "window_sec", 2.0));
        let precursor = Precursor::new(rate, seconds, argument(&case, 3, "z", 2.5)).unwrap();
        let (alert, score) = precursor.score(&numbers(&case["args"][0]));
        let (name, want) = (case["name"].as_str().unwrap(), number(&case["result"][1]));
        if want.is_nan() {
            let recent = name.starts_with("with nan");
            let expected = if recent { score == f64::INFINITY } else { score.is_finite() };
            assert!(expected && alert == recent, "{name}: {score}");
            departures += 1;
        } else {
            assert!(near(score, want) && alert == case["result"][0], "{name}: {score}");
        }
    }
    assert_eq!(departures, 10);
}

#[test]
fn snapshot_answers_ten_cases() {
    for case in cases("snapshot", 10) {
        let series: Vec<_> = case["args"].as_array().unwrap().iter().map(numbers).collect();
        let [loss, gradients, steps, noise, reference] = series.as_slice() else { panic!("five series") };
        let weights = Weights::new(argument(&case, 5, "w_s", 0.7), argument(&case, 6, "w_p", 0.3)).unwrap();
        let rate = argument(&case, 7, "rate_hz", 5.0);
        let precursor = Precursor::new(rate, Precursor::WINDOW_SEC, Precursor::Z).unwrap();
        let histories = Histories { loss, gradients, steps, noise, reference };
        let got = Snapshot::take(histories, weights, precursor).unwrap();
        let (want, name) = (&case["result"], &case["name"]);
        assert!(near(got.theta, number(&want["theta"])), "{name}: {got:?}");
        assert!(near(got.s_dot, number(&want["sdot"])), "{name}: {got:?}");
        assert!(near(got.processivity, number(&want["proc"])), "{name}: {got:?}");
        assert!(near(got.f_total, number(&want["f_total"])), "{name}: {got:?}");
        assert!(near(got.zscore, number(&want["zscore"])), "{name}: {got:?}");
        assert_eq!(want["precursor"], got.precursor, "{name}");
    }
}

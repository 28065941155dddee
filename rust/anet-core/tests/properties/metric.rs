//! The metrics against twins that are written as the formulas stand, and what must hold of any series.

use std::f64::consts::PI;

use anet_core::metric::{Beta, EPSILON, Precursor, entropy_rate, processivity, theta_consistency};
use anet_core::params::Length;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::runner::runner;

/// Series of everyday numbers, of few levels with many ties, and constant ones.
fn tame(most: usize) -> impl Strategy<Value = Vec<f64>> {
    let levels = prop_oneof![Just(0.0), Just(0.1), Just(0.5), Just(1.0)];
    let constant = (-1e3..1e3, 0..most).prop_map(|(x, n)| vec![x; n]);
    prop_oneof![vec(-1e3..1e3, 0..most), vec(levels, 0..most), constant]
}

/// Any bits: NaN, infinities, denormal and huge numbers among them.
fn wild(most: usize) -> impl Strategy<Value = Vec<f64>> {
    vec(prop_oneof![any::<u64>().prop_map(f64::from_bits), any::<f64>(), -1.0..1.0], 0..most)
}

fn naive_spectrum(series: &[f64], length: usize) -> Vec<f64> {
    if series.is_empty() {
        return vec![1.0; length / 2 + 1];
    }
    let mean = series.iter().sum::<f64>() / series.len() as f64;
    let power = |frequency: usize| {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (t, x) in series.iter().enumerate() {
            let angle = -2.0 * PI * (frequency * t % length) as f64 / length as f64;
            real += (x - mean) * angle.cos();
            imaginary += (x - mean) * angle.sin();
        }
        real * real + imaginary * imaginary
    };
    let powers: Vec<f64> = (0..=length / 2).map(power).collect();
    let sum = powers.iter().sum::<f64>() + EPSILON;
    powers.into_iter().map(|power| power / sum).collect()
}

fn naive_theta(noise: &[f64], reference: &[f64], beta: f64) -> f64 {
    let length = noise.len().max(reference.len()).max(2).next_power_of_two();
    let normal = |series: &[f64]| {
        let spectrum = naive_spectrum(series, length);
        let sum = if series.is_empty() { 1.0 } else { spectrum.iter().sum() } + EPSILON;
        spectrum.into_iter().map(|p| p / sum).collect::<Vec<f64>>()
    };
    let (p, q) = (normal(noise), normal(reference));
    let middle: Vec<f64> = p.iter().zip(&q).map(|(a, b)| (a + b) / 2.0).collect();
    let clip = |x: f64| x.clamp(EPSILON, 1.0);
    let leibler =
        |a: &[f64]| -> f64 { a.iter().zip(&middle).map(|(&a, &m)| clip(a) * (clip(a) / clip(m)).ln()).sum() };
    (-beta * 0.5 * (leibler(&p) + leibler(&q))).exp()
}

fn naive_entropy(window: &[f64]) -> f64 {
    let (mut low, mut high) =
        window.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)));
    if low == high {
        (low, high) = (low - 0.5, high + 0.5);
    }
    let bins = ((window.len() as f64).sqrt() as usize).max(8);
    let step = (high - low) / bins as f64;
    let edge = |j: usize| if j == bins { high } else { j as f64 * step + low };
    let holds = |j: usize, x: f64| edge(j) <= x && (x < edge(j + 1) || j == bins - 1);
    let count = |j: usize| window.iter().filter(|&&x| holds(j, x)).count() as f64;
    let density: Vec<f64> =
        (0..bins).map(|j| count(j) / (edge(j + 1) - edge(j)) / window.len() as f64).collect();
    let sum = density.iter().sum::<f64>() + EPSILON;
    -density.iter().map(|h| h / sum).filter(|&p| p > 0.0).map(|p| p * p.ln()).sum::<f64>()
}

#[test]
fn theta_is_its_formula() {
    let same = |(noise, reference, beta): (Vec<f64>, Vec<f64>, f64)| {
        let got = theta_consistency(&noise, &reference, Beta::try_from(beta).unwrap());
        let want = naive_theta(&noise, &reference, beta);
        prop_assert!((got - want).abs() <= 1e-10, "{got} for {want}");
        Ok(())
    };
    // The plain transform is exact to about 1e-13 of the whole power: samples of one size keep that visible.
    runner(500).run(&(vec(-1.0..1.0, 0..100), vec(-1.0..1.0, 0..100), 0.0..5.0), same).unwrap();
}

#[test]
fn entropy_rate_is_its_formula() {
    let same = |(series, window): (Vec<f64>, usize)| {
        let got = entropy_rate(&series, Length::try_from(window).unwrap());
        let Some(start) = series.len().checked_sub(2 * window) else {
            prop_assert_eq!(got, 0.0);
            return Ok(());
        };
        let (before, last) = series[start..].split_at(window);
        let want = naive_entropy(last) - naive_entropy(before);
        prop_assert!((got - want).abs() <= 1e-12, "{got} for {want}");
        Ok(())
    };
    runner(2_000).run(&(tame(300), 1_usize..150), same).unwrap();
}

#[test]
fn processivity_is_its_formula() {
    let same = |pairs: Vec<(f64, f64)>| {
        let (g, s): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let want = dot(&g, &s) / (dot(&g, &g).sqrt() * dot(&s, &s).sqrt() + EPSILON);
        let got = processivity(&g, &s).unwrap();
        prop_assert!((got - want).abs() <= 1e-12, "{got} for {want}");
        Ok(())
    };
    runner(2_000).run(&vec((-1e3..1e3, -1e3..1e3), 0..200), same).unwrap();
}

#[test]
fn no_series_is_refused_and_theta_stays_a_share() {
    let survives = |(a, b, window): (Vec<f64>, Vec<f64>, usize)| {
        let theta = theta_consistency(&a, &b, Beta::default());
        prop_assert!(theta.is_nan() || (0.0..=1.0).contains(&theta), "theta {theta}");
        let entropy = entropy_rate(&a, Length::try_from(window).unwrap());
        prop_assert!(!entropy.is_infinite(), "entropy rate {entropy}");
        let (alert, score) = Precursor::new(1.0, window as f64, 2.5).unwrap().score(&a);
        prop_assert_eq!(alert, score > 2.5);
        Ok(())
    };
    runner(2_000).run(&(wild(80), wild(80), 1_usize..50), survives).unwrap();
}

//! The rules of what cannot learn, and of steps that are seen twice.

use anet_core::Rule;

use super::Track;
use super::lists::upper_median;
use super::rules::{each_loss, once};
use super::stretch::Stretch;

pub(crate) fn scores(run: &Stretch<'_>) -> Vec<(Rule, Track)> {
    vec![
        (Rule::DeadGradient, each_loss(run, |at| dead_gradient(run, at))),
        (Rule::EarlyVanish, once(each_loss(run, |at| early_vanish(run, at)))),
        (Rule::ZeroRate, zero_rate(run)),
        (Rule::ChanceLevel, each_loss(run, |at| chance_level(run, at))),
        (Rule::ResumedWorse, resumed_worse(run)),
    ]
}

fn dead_gradient(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let zeros = run.rows[at].grad_norm.map(|_| run.gradient(at).zeros)?;
    is_dead(run, at).then_some(zeros as f64 / 8.0)
}

/// 8 gradients of exactly 0, and the loss is not at its best.
pub(crate) fn is_dead(run: &Stretch<'_>, at: usize) -> bool {
    let loss = run.loss(at);
    let at_best = loss.is_made() && loss.mean <= loss.best + 0.05 * loss.learned();
    run.gradient(at).zeros >= 8 && !at_best
}

fn early_vanish(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let (loss, gradient) = (run.loss(at), run.gradient(at));
    let vanished = gradient.median <= 0.05 * gradient.start && loss.mean >= 0.8 * loss.start;
    (run.rows[at].grad_norm.is_some() && (16..232).contains(&at) && vanished).then_some(1.0)
}

fn zero_rate(run: &Stretch<'_>) -> Track {
    let rate = |at: usize| run.rows[at].lr.filter(|rate| rate.is_finite());
    let score = |at: usize| {
        rate(at)?;
        let rates: Vec<f64> = (0..=at).filter_map(rate).collect();
        let zeros = rates.iter().rev().take_while(|&&rate| rate == 0.0).count();
        let largest = rates.iter().copied().fold(0.0, f64::max);
        let last = rates.iter().rev().copied().find(|&rate| rate != 0.0).unwrap_or(0.0);
        let faded = largest > 0.0 && last <= 0.02 * largest;
        (zeros >= 64 && !faded).then_some(zeros as f64 / 64.0)
    };
    (0..run.rows.len()).map(score).collect()
}

/// 16 losses, each within a ten-thousandth of the same ln K, K from 2 to 300.
fn chance_level(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let losses: Vec<f64> = (0..=at).filter_map(|at| run.new_loss(at)).collect();
    let is_near = |loss: f64, classes: u32| {
        let level = f64::from(classes).ln();
        (loss - level).abs() <= 1e-4 * level
    };
    let classes = (2..=300).find(|&classes| losses.last().is_some_and(|&loss| is_near(loss, classes)))?;
    let rows = losses.iter().rev().take_while(|&&loss| is_near(loss, classes)).count();
    (rows >= 16).then_some(rows as f64 / 16.0)
}

/// The first 16 steps that come again after a step back, while they are the steps from before it.
fn resumed_worse(run: &Stretch<'_>) -> Track {
    let rows: Vec<(usize, i64, f64)> =
        (0..run.rows.len()).filter_map(|at| Some((at, run.rows[at].step?, run.new_loss(at)?))).collect();
    let mut track = vec![None; run.rows.len()];
    let resumes = |at: usize| resumes(run, at);
    for (back, &(row, ..)) in rows.iter().enumerate() {
        if resumes(row) == 0 || (back > 0 && resumes(rows[back - 1].0) == resumes(row)) {
            continue;
        }
        let same = |at: &usize| resumes(rows[*at].0) == resumes(row);
        let first_time = |at: usize| {
            seen_until(run, rows[at].0)?;
            let kept = &rows[at.saturating_sub(512).min(back)..back];
            Some((at, f64::from(kept.iter().rev().find(|row| row.1 == rows[at].1)?.2 as f32)))
        };
        let pairs: Vec<(usize, f64)> =
            (back..rows.len()).take_while(same).filter_map(first_time).take(16).collect();
        if pairs.len() == 16 {
            let now = upper_median(&pairs.iter().map(|&(at, _)| rows[at].2).collect::<Vec<_>>());
            let then = upper_median(&pairs.iter().map(|&(_, then)| then).collect::<Vec<_>>());
            let last = rows[pairs[15].0].0;
            let z = (now - then) / (1.25 * run.loss(last).spread * (2.0f64 / 16.0).sqrt());
            track[last] = (z > 4.0 && now > 1.2 * then).then_some(z / 4.0);
        }
    }
    track
}

/// The steps up to a row.
fn steps(run: &Stretch<'_>, at: usize) -> Vec<i64> {
    run.rows[..=at].iter().filter_map(|row| row.step).collect()
}

/// How often the steps have gone back up to a row, but not to the first.
fn resumes(run: &Stretch<'_>, at: usize) -> usize {
    let steps = steps(run, at);
    steps.windows(2).filter(|pair| pair[1] < pair[0] && pair[1] > steps[0]).count()
}

/// The highest step before the steps went back, where they have not passed it, nor begun again, nor gone back for the fourth
/// time.
pub(crate) fn seen_until(run: &Stretch<'_>, at: usize) -> Option<i64> {
    let steps = steps(run, at);
    let (mut until, mut count) = (None, 0);
    for pair in steps.windows(2) {
        if pair[1] <= steps[0] {
            until = None;
        } else if pair[1] < pair[0] {
            count += 1;
            until = if count <= 3 { until.max(Some(pair[0])) } else { None };
        }
        until = until.filter(|&until| pair[1] <= until);
    }
    until
}

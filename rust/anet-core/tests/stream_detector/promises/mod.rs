//! What the second design promises, asked of the twin: it is what the core is held to.

mod blinding;
mod forecasts;
mod gaps;
mod incidents;
mod quiet;

use crate::twin::{ALL, Answer, detect};

/// Answers with everything on.
fn answers(rows: &[f64]) -> Vec<Answer> {
    detect(rows, ALL)
}

/// Whether a sample in these rows alarms.
fn rings(answers: &[Answer], rows: std::ops::Range<usize>) -> bool {
    answers[rows].iter().any(|answer| answer.p_value <= 1e-4)
}

/// Runs of alarming samples with more than 50 quiet ones between them.
fn episodes(answers: &[Answer]) -> usize {
    let alarms = answers.iter().enumerate().filter(|(_, answer)| answer.p_value <= 1e-4);
    let alarms: Vec<usize> = alarms.map(|(row, _)| row).collect();
    alarms.chunk_by(|one, next| next - one <= 50).count()
}

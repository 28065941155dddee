//! The six documented metrics of a running loop, from the newest values of each signal.

use crate::error::Result;
use crate::metric::{AnetSnapshot, FTotalWeights, Precursor, TrainingHistories};

use super::input::{Row, Signal};
use crate::state::fields;

/// Values in each window: twice the window of the entropy rate, as the documented loop has it.
const WINDOW: usize = 64;
/// The reference is the last window of the first 99 values, as the documented loop has it.
const REFERENCE: u64 = 99;
/// Rows kept as they came, for the explanation.
const RECENT: usize = 8;
/// The documented defaults of `snapshot`.
const WEIGHTS: (f64, f64) = (0.7, 0.3);
const RATE_HZ: f64 = 5.0;

/// The newest 64 losses, (gradient, step) pairs and noise values; the reference; the newest 8 rows.
///
/// Each window counts the values that were given, finite or not: a window that holds NaN has NaN metrics for 64 values. A
/// processivity needs both norms in a row. Where noise was never given, the gradient norm stands for it. The metrics are
/// computed from the windows when somebody asks, so nothing drifts and an update costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct MetricsWindow {
    loss: SignalWindow,
    grad: SignalWindow,
    step: SignalWindow,
    noise: SignalWindow,
    reference: SignalWindow,
    has_noise: bool,
    recent: [Row; RECENT],
    rows: u64,
}

impl MetricsWindow {
    /// Pairs are pushed together: one counter for both.
    fn derive(&mut self) -> Result<()> {
        self.step.count = self.grad.count;
        Ok(())
    }

    /// Takes a row.
    pub(crate) fn push(&mut self, row: &Row) {
        self.recent[self.rows as usize % RECENT] = *row;
        self.rows += 1;
        if let Some(loss) = row.loss {
            self.loss.push(loss);
        }
        if let (Some(grad), Some(step)) = (row.grad_norm, row.step_norm) {
            self.grad.push(grad);
            self.step.push(step);
        }
        if row.noise.is_some() && !self.has_noise {
            (self.has_noise, self.noise, self.reference) =
                (true, SignalWindow::default(), SignalWindow::default());
        }
        if let Some(noise) = if self.has_noise { row.noise } else { row.grad_norm } {
            self.noise.push(noise);
            if self.noise.count <= REFERENCE {
                self.reference.push(noise);
            }
        }
    }

    /// The documented `snapshot` of these windows.
    pub fn metrics(&self) -> AnetSnapshot {
        let (mut loss, mut grad, mut step) = ([0.0; WINDOW], [0.0; WINDOW], [0.0; WINDOW]);
        let (mut noise, mut reference) = ([0.0; WINDOW], [0.0; WINDOW]);
        let histories = TrainingHistories {
            loss: self.loss.unrolled(&mut loss),
            gradients: self.grad.unrolled(&mut grad),
            steps: self.step.unrolled(&mut step),
            noise: self.noise.unrolled(&mut noise),
            reference: self.reference.unrolled(&mut reference),
        };
        let weights = FTotalWeights::new(WEIGHTS.0, WEIGHTS.1).expect("finite");
        let precursor = Precursor::new(RATE_HZ, Precursor::WINDOW_SEC, Precursor::Z).expect("in the domain");
        AnetSnapshot::take(histories, weights, precursor).expect("pairs have equal lengths")
    }

    /// The newest values that were given of a signal, oldest first, at most 64; of the rate, of the newest 8 rows.
    ///
    /// Norms are kept of rows that gave both; the gradient's alone too where noise was never given.
    pub fn trail(&self, signal: Signal) -> Vec<f64> {
        let window = match signal {
            Signal::Loss => &self.loss,
            Signal::GradNorm if self.grad.count == 0 && !self.has_noise => &self.noise,
            Signal::GradNorm => &self.grad,
            Signal::StepNorm => &self.step,
            Signal::Noise if self.has_noise => &self.noise,
            Signal::Noise => return Vec::new(),
            Signal::Rate => return self.recent().filter_map(|row| row.lr).collect(),
        };
        window.unrolled(&mut [0.0; WINDOW]).to_vec()
    }

    /// The newest rows, oldest first, at most 8.
    pub fn recent(&self) -> impl Iterator<Item = &Row> {
        let known = self.rows.min(RECENT as u64);
        (self.rows - known..self.rows).map(|row| &self.recent[row as usize % RECENT])
    }
}

/// A ring of the newest values.
#[derive(Debug, Clone, Copy)]
struct SignalWindow {
    values: [f64; WINDOW],
    count: u64,
}

impl Default for SignalWindow {
    fn default() -> Self {
        Self { values: [0.0; WINDOW], count: 0 }
    }
}

impl SignalWindow {
    fn push(&mut self, value: f64) {
        self.values[self.count as usize % WINDOW] = value;
        self.count += 1;
    }

    /// The values, oldest first.
    fn unrolled<'a>(&self, out: &'a mut [f64; WINDOW]) -> &'a [f64] {
        *out = self.values;
        if self.count < WINDOW as u64 {
            return &out[..self.count as usize];
        }
        out.rotate_left(self.count as usize % WINDOW);
        out
    }
}

fields!(SignalWindow { values, count });

fields!(MetricsWindow { loss, grad, noise, reference, step, has_noise, rows, recent } then derive);

fields!(Row { loss, grad_norm, step_norm, noise, lr, step });

//! A segment of a run, and what is known after each of its rows.

use anet_core::Row;

use super::progress::{Gradient, Learned, gradients, learned};

pub(crate) struct Stretch<'a> {
    pub rows: &'a [Row],
    losses: Vec<Learned>,
    gradients: Vec<Gradient>,
    /// How many finite losses and gradient norms there are up to each row.
    counts: Vec<(usize, usize)>,
}

impl<'a> Stretch<'a> {
    pub(crate) fn of(rows: &'a [Row]) -> Self {
        let (losses, norms) = (finite(rows, |row| row.loss), finite(rows, |row| row.grad_norm));
        let count = |upto: &[Row], signal: fn(&Row) -> Option<f64>| finite(upto, signal).len();
        let upto = (1..=rows.len()).map(|at| &rows[..at]);
        let counts = upto.map(|rows| (count(rows, |row| row.loss), count(rows, |row| row.grad_norm)));
        Self { rows, losses: learned(&losses), gradients: gradients(&norms), counts: counts.collect() }
    }

    /// What was known of the loss after each loss up to this row, and before the first.
    pub(crate) fn losses(&self, at: usize) -> &[Learned] {
        &self.losses[..=self.counts[at].0]
    }

    pub(crate) fn loss(&self, at: usize) -> &Learned {
        self.losses(at).last().expect("there is one before the first loss")
    }

    pub(crate) fn gradient(&self, at: usize) -> &Gradient {
        &self.gradients[self.counts[at].1]
    }

    /// The loss of this row, where it is finite.
    pub(crate) fn new_loss(&self, at: usize) -> Option<f64> {
        self.rows[at].loss.filter(|loss| loss.is_finite())
    }

    /// The rows with a finite loss.
    pub(crate) fn loss_rows(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|&at| self.new_loss(at).is_some()).collect()
    }
}

fn finite(rows: &[Row], signal: impl Fn(&Row) -> Option<f64>) -> Vec<f64> {
    rows.iter().filter_map(signal).filter(|value| value.is_finite()).collect()
}

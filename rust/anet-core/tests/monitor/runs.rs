//! Random runs: that learn or do not, with gaps, NaN, zeros, repeats, notes, rewinds, bursts, collapses, dead gradients and
//! rates that ramp; huge, tiny and at chance.

use anet_core::{Row, RunMonitor};

pub(crate) struct Run {
    pub rows: Vec<Row>,
    /// Rows before which a change is announced.
    pub notes: Vec<usize>,
}

impl Run {
    pub(crate) fn random(seed: u64, length: usize) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
        let kind = dice.below(8);
        let mut rows: Vec<Row> = (0..length).map(|at| dice.row(at, kind)).collect();
        match kind {
            7 => dice.disturb_twice(&mut rows),
            _ => (0..dice.below(6)).for_each(|_| dice.disturb(&mut rows)),
        }
        let notes = (0..dice.below(3)).map(|_| dice.below(length)).collect();
        Self { rows, notes }
    }

    /// Feeds one row.
    pub(crate) fn step(&self, monitor: &mut RunMonitor, at: usize, row: &Row) {
        if self.notes.contains(&at) {
            monitor.note();
        }
        monitor.update(row);
    }

    /// The first row of the segment of each row: only what is announced opens one.
    pub(crate) fn segments(&self) -> Vec<usize> {
        let start = |at: usize| (0..=at).rev().find(|row| self.notes.contains(row)).unwrap_or(0);
        (0..self.rows.len()).map(start).collect()
    }
}

/// SplitMix64.
pub(crate) struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn row(&mut self, at: usize, kind: usize) -> Row {
        let decay = (-(at as f64) / 300.0).exp();
        let learning = (0.2 + 2.0 * (-(at as f64) / 40.0).exp()) * (0.05 * self.normal()).exp();
        let grad = (0.2 * self.normal()).exp() * (0.5 + decay);
        let full = Row {
            loss: Some(match kind {
                0 | 1 => 2.0 * decay + 0.1 * self.normal(),
                2 => 1e-305 * learning,
                3 => 1e305 * learning,
                4 => 10f64.ln() * (1.0 + 2e-5 * self.normal()),
                _ => learning,
            }),
            grad_norm: Some(grad),
            step_norm: Some(0.01 * grad * (0.1 * self.normal()).exp()),
            noise: Some(0.8 * grad * (0.1 * self.normal()).exp()),
            lr: Some(0.01 * (0.2 + 0.8 * decay)),
            step: Some(at as i64),
        };
        self.spoil(full)
    }

    /// Now and then a signal is absent, zero, or not finite.
    fn spoil(&mut self, row: Row) -> Row {
        let mut one = |value: Option<f64>| match self.below(400) {
            0 => Some(f64::NAN),
            1 => Some(f64::INFINITY),
            2 | 3 => Some(0.0),
            4..=12 => None,
            _ => value,
        };
        Row {
            loss: one(row.loss),
            grad_norm: one(row.grad_norm),
            step_norm: one(row.step_norm),
            noise: one(row.noise),
            lr: one(row.lr),
            ..row
        }
    }

    /// A stretch in which something is wrong.
    fn disturb(&mut self, rows: &mut [Row]) {
        let from = self.below(rows.len());
        let kind = self.below(24);
        let most = if kind < 12 { 80 } else { 200 };
        let until = (from + 1 + self.below(most)).min(rows.len());
        let (first, start, size) = (rows[from], rows[0], 1.0 + 3.0 * self.uniform());
        for (after, row) in rows[from..until].iter_mut().enumerate() {
            let growth = (after as f64 / 8.0).exp().min(1e6);
            let high = |loss: f64| loss + size * start.loss.unwrap_or(1.0).abs();
            match kind {
                0 => row.loss = row.loss.map(|loss| loss.abs() * growth),
                1 => row.grad_norm = row.grad_norm.map(|norm| norm * growth),
                2 => row.grad_norm = row.grad_norm.map(|norm| norm / growth),
                3 => (row.loss, row.grad_norm) = (first.loss, first.grad_norm),
                4 => row.step_norm = Some(0.0),
                5 => row.lr = row.lr.map(|lr| lr * 5.0),
                6 => row.lr = row.lr.map(|lr| lr / 50.0),
                7 => row.noise = row.noise.map(|noise| noise / growth),
                8 => row.step = row.step.map(|step| step - 40),
                9 => row.loss = row.loss.map(|loss| loss * 100.0 * size),
                10 => (row.grad_norm, row.noise) = (Some(f64::NAN), Some(f64::NAN)),
                11 => row.grad_norm = row.grad_norm.map(|norm| 10.0 * norm),
                12 => row.loss = row.loss.map(high),
                13 => row.loss = start.loss.map(|loss| loss * (1.0 + 0.01 * (after % 7) as f64)),
                14 => row.loss = row.loss.map(|loss| loss / (3.0 * size)),
                15 => row.grad_norm = Some(0.0),
                16 => row.lr = Some(0.0),
                17 => {
                    row.grad_norm = row.grad_norm.map(|norm| norm / 100.0);
                    row.loss = start.loss;
                }
                18 => row.loss = Some(7f64.ln()),
                19 => {
                    row.step = row.step.map(|step| step - 60);
                    row.loss = row.loss.map(|loss| size * loss);
                }
                20 => row.lr = row.lr.map(|lr| lr * (after as f64 / 40.0).exp()),
                21 => row.step = first.step,
                22 => row.loss = row.loss.map(|loss| size * loss),
                _ => {
                    (row.loss, row.grad_norm) =
                        (row.loss.map(|loss| loss * growth), row.grad_norm.map(|g| g * growth))
                }
            }
        }
    }

    /// The loss is high for a moment, and later for long.
    fn disturb_twice(&mut self, rows: &mut [Row]) {
        let (first, second) = (rows.len() / 8, 2 * rows.len() / 5);
        let rise = 3.0 + self.uniform();
        for at in (first..first + 10).chain(second..rows.len()) {
            rows[at].loss = rows[at].loss.map(|loss| loss + rise * (1.0 + 0.05 * loss));
        }
    }
}

//! Random runs with gaps, NaN, zeros, repeats, notes, rewinds, bursts and collapses.

use anet_core::{Row, RunMonitor};

pub(crate) struct Run {
    pub rows: Vec<Row>,
    /// Rows before which a change is announced.
    pub notes: Vec<usize>,
}

impl Run {
    pub(crate) fn random(seed: u64, length: usize) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
        let mut rows: Vec<Row> = (0..length).map(|at| dice.row(at)).collect();
        for _ in 0..dice.below(5) {
            dice.disturb(&mut rows);
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

    /// The first row of the segment of each row.
    pub(crate) fn segments(&self) -> Vec<usize> {
        let mut start = 0;
        let mut last = None;
        let mut segments = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let rewound = row.step.zip(last).is_some_and(|(step, last): (i64, i64)| step <= last);
            if rewound || self.notes.contains(&at) {
                start = at;
            }
            last = row.step.or(last);
            segments.push(start);
        }
        segments
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

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    fn row(&mut self, at: usize) -> Row {
        let decay = (-(at as f64) / 300.0).exp();
        let grad = (0.2 * self.normal()).exp() * (0.5 + decay);
        let full = Row {
            loss: Some(2.0 * decay + 0.1 * self.normal()),
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
        let kind = self.below(9);
        let until = (from + 1 + self.below(80)).min(rows.len());
        let first = rows[from];
        for (after, row) in rows[from..until].iter_mut().enumerate() {
            let growth = (after as f64 / 8.0).exp().min(1e6);
            match kind {
                0 => row.loss = row.loss.map(|loss| loss.abs() * growth),
                1 => row.grad_norm = row.grad_norm.map(|norm| norm * growth),
                2 => row.grad_norm = row.grad_norm.map(|norm| norm / growth),
                3 => (row.loss, row.grad_norm) = (first.loss, first.grad_norm),
                4 => row.step_norm = Some(0.0),
                5 => row.lr = row.lr.map(|lr| lr * 5.0),
                6 => row.lr = row.lr.map(|lr| lr / 50.0),
                7 => row.noise = row.noise.map(|noise| noise / growth),
                _ => row.step = row.step.map(|step| step - 40),
            }
        }
    }
}

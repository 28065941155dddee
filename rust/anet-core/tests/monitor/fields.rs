//! The six documented fields, row by row, against the batch snapshot of the same trailing windows.

use anet_core::{
    AnetSnapshot, Escalation, FTotalWeights, FalseAlarmRate, Precursor, Row, RunMonitor, TrainingHistories,
};

use super::runs::Dice;

const ROWS: usize = 1_000_000;
const WINDOW: usize = 64;

/// Signals whose level jumps, so that a sum which only forgets the old values by subtraction would drift.
fn signals() -> [Vec<f64>; 4] {
    let mut dice = Dice(7);
    [0, 1, 2, 3].map(|_| {
        let mut level = 1.0;
        let mut value = |at| {
            if at % 5000 == 0 {
                level = 10f64.powi(dice.below(9) as i32 - 4);
            }
            level * (0.5 + dice.uniform())
        };
        (0..ROWS).map(&mut value).collect()
    })
}

#[test]
fn a_million_rows_keep_the_batch_snapshot_of_their_windows() {
    let [loss, gradients, steps, noise] = signals();
    let weights = FTotalWeights::new(0.7, 0.3).unwrap();
    let precursor = Precursor::new(5.0, Precursor::WINDOW_SEC, Precursor::Z).unwrap();
    let mut monitor = RunMonitor::new(FalseAlarmRate::default(), Escalation::On);
    for at in 0..ROWS {
        monitor.update(&Row {
            loss: Some(loss[at]),
            grad_norm: Some(gradients[at]),
            step_norm: Some(steps[at]),
            noise: Some(noise[at]),
            lr: Some(0.1),
            step: None,
        });
        let window = (at + 1).saturating_sub(WINDOW)..at + 1;
        let healthy = (at + 1).min(99);
        let batch = TrainingHistories {
            loss: &loss[window.clone()],
            gradients: &gradients[window.clone()],
            steps: &steps[window.clone()],
            noise: &noise[window],
            reference: &noise[healthy.saturating_sub(WINDOW)..healthy],
        };
        compare(at, &monitor.window().metrics(), &AnetSnapshot::take(batch, weights, precursor).unwrap());
    }
}

fn compare(at: usize, online: &AnetSnapshot, batch: &AnetSnapshot) {
    let fields = |s: &AnetSnapshot| [s.theta, s.s_dot, s.processivity, s.f_total, s.zscore];
    for (got, wanted) in fields(online).into_iter().zip(fields(batch)) {
        let near = (got - wanted).abs() <= 1e-9 * wanted.abs().max(1.0);
        assert!(near || got.to_bits() == wanted.to_bits(), "row {at}: got {got:?}, wanted {wanted:?}");
    }
    assert_eq!(online.precursor, batch.precursor, "row {at}");
}

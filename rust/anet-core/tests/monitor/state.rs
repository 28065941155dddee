//! Saving and loading.

use anet_core::state::State;
use anet_core::{Escalation, Rule, RunMonitor};

use super::runs::Run;

#[test]
fn saved_and_loaded_it_goes_on_bit_for_bit() {
    for seed in 0..12 {
        let run = Run::random(seed, 400);
        let mut whole = super::monitor(1.0, Escalation::On);
        let mut resumed = super::monitor(1.0, Escalation::On);
        for (at, row) in run.rows.iter().enumerate() {
            if at % 37 == seed as usize {
                resumed = RunMonitor::from_bytes(&resumed.to_bytes()).expect("its own bytes");
            }
            run.step(&mut whole, at, row);
            run.step(&mut resumed, at, row);
            assert_eq!(whole.to_bytes(), resumed.to_bytes(), "seed {seed} row {at}");
            assert_eq!(format!("{:?}", whole.alarms()), format!("{:?}", resumed.alarms()));
        }
    }
}

#[test]
fn a_forged_state_is_refused_or_harmless() {
    let run = Run::random(3, 300);
    let mut monitor = super::monitor(1.0, Escalation::On);
    run.rows.iter().enumerate().for_each(|(at, row)| run.step(&mut monitor, at, row));
    let good = monitor.to_bytes();
    for place in 16..good.len() - 4 {
        let mut forged = good.clone();
        forged[place] ^= 0xff;
        let body = forged.len() - 4;
        let checksum = crc32fast::hash(&forged[..body]);
        forged[body..].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(mut monitor) = RunMonitor::from_bytes(&forged) {
            run.rows[..40].iter().for_each(|row| {
                monitor.update(row);
            });
        }
    }
}

#[test]
fn its_state_is_small() {
    let bytes = size_of::<RunMonitor>() + Rule::COUNT * size_of::<anet_core::RuleAlarm>();
    let saved = super::monitor(1.0, Escalation::On).to_bytes().len();
    assert!(bytes <= 33_000 && saved <= 22_000, "{bytes} bytes, {saved} saved");
    println!("{} bytes and {bytes} with its alarms, {saved} saved", size_of::<RunMonitor>());
}

//! Bytes that an attacker may have written, damaged at random: each is refused, or works.
//!
//! `ANET_FUZZ` says how many in all, 10,000 where it is not set, and `ANET_FUZZ_SEED` which: other numbers give other damage.

mod damage;
mod targets;

use damage::Damage;
use targets::TARGETS;

/// A number of the environment.
fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn every_seed_is_accepted() {
    for target in TARGETS {
        let seeds = (target.seeds)();
        assert!(!seeds.is_empty() && seeds.iter().all(|seed| (target.run)(seed)), "{}", target.name);
    }
}

#[test]
fn damaged_input_is_refused_or_works() {
    let (inputs, seed) = (asked("ANET_FUZZ", 10_000) / TARGETS.len() as u64, asked("ANET_FUZZ_SEED", 0));
    for (number, target) in (seed << 8..).zip(TARGETS) {
        let (seeds, mut damage) = ((target.seeds)(), Damage::new(number));
        let (mut accepted, mut refused) = (0, 0);
        for _ in 0..inputs {
            let bytes = damage.of(&seeds);
            if (target.run)(&bytes) { accepted += 1 } else { refused += 1 }
        }
        println!("{}: {accepted} accepted, {refused} refused", target.name);
        assert!(refused > 0, "{}: nothing was refused", target.name);
        assert!(accepted > 0 || target.name == "pages", "{}: nothing was accepted", target.name);
    }
}

/// The profiles of the tests and of `make fuzz` check what a release does not; a build without proves less.
#[test]
fn this_build_checks_its_arithmetic() {
    assert!(std::panic::catch_unwind(|| std::hint::black_box(255_u8) + std::hint::black_box(1)).is_err());
    assert!(std::hint::black_box(cfg!(debug_assertions)));
}

/// Files for the fuzzer to begin with, in a folder for each target, under the folder that `ANET_SEEDS` names.
#[test]
#[ignore = "writes files"]
fn write_the_seeds() {
    let under = std::env::var("ANET_SEEDS").expect("ANET_SEEDS is a folder");
    for target in TARGETS {
        let folder = std::path::Path::new(&under).join(target.name);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (number, seed) in (target.seeds)().iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number}")), seed).expect("a file");
        }
    }
}

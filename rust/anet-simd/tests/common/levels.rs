//! A harness that runs properties on every level, and counts the levels that the processor lacks.
//!
//! A level that the processor lacks is reported as ignored, with the reason, and so counted as skipped; the harness of the
//! standard library could only let it pass. `ANET_LACKS=avx512` runs the tests as a processor without AVX-512 would.

use std::process::ExitCode;

use anet_simd::Level;
use libtest_mimic::{Arguments, Completion, Trial};

/// A name, and a function that panics on a level where the property does not hold.
pub(crate) type Property = (&'static str, fn(Level));

/// Runs each property on each level.
pub(crate) fn run(properties: &[Property]) -> ExitCode {
    let on = |(name, level)| properties.iter().map(move |property| trial(name, level, *property));
    let trials = levels().into_iter().flat_map(on).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Every level there is, by name, and whether this processor has it.
fn levels() -> [(&'static str, Option<Level>); 3] {
    let lacks = std::env::var("ANET_LACKS").unwrap_or_default();
    let has = |level: &Level| !lacks.split(',').any(|name| name == level.name());
    [
        ("portable", Some(Level::portable())),
        ("avx2", Level::avx2_if_supported().filter(has)),
        ("avx512", Level::avx512_if_supported().filter(has)),
    ]
}

fn trial(name: &str, level: Option<Level>, (property, holds_on): Property) -> Trial {
    let reason = format!("this processor lacks {name}");
    Trial::ignorable_test(format!("{name}::{property}"), move || {
        let Some(level) = level else { return Ok(Completion::ignored_with(reason)) };
        holds_on(level);
        Ok(Completion::Completed)
    })
}

//! The arguments that detectors are made from, read and shown.

use anet_core::detect::channel::Options;
use anet_core::detect::detector::{Missing, Settings};
use anet_core::params::Seed;
use pyo3::prelude::*;

use crate::convert::bounded::bounded;
use crate::error::{BindingError, type_error, value_error};

pub mod read {
    crate::convert::number::readers! {
        integer -> i128: channels, channel, merge, cooldown, n, count, index;
        real -> f64: threshold, p_value;
        flag -> bool: words, long, own_line, parts;
    }
}

/// Reads the argument `seed`.
pub fn seed(object: &Bound<'_, PyAny>) -> Result<Seed, BindingError> {
    let text = object.extract::<String>();
    let text =
        text.or_else(|_| Err(type_error(format!("seed must be a str, got {}", object.get_type().name()?))))?;
    Ok(Seed::try_from(text.as_str())?)
}

/// Puts the arguments of a detector together.
pub fn settings(
    seed: Option<&Bound<'_, PyAny>>,
    options: Options,
    channels: i128,
    missing: &str,
) -> Result<Settings, BindingError> {
    let missing = match missing {
        "skip" => Missing::Skip,
        "flag" => Missing::Flag,
        other => return Err(value_error(format!("missing must be 'skip' or 'flag', got '{other}'"))),
    };
    let seed = seed.map_or_else(|| Ok(Settings::default().seed), self::seed)?;
    Ok(Settings { seed, options, channels: bounded("channels", channels)?, missing })
}

/// The arguments that would make the same, without the channels.
pub fn describe(settings: &Settings) -> String {
    let Settings { seed, options: Options { words, long, own_line }, missing, .. } = settings;
    let missing = if *missing == Missing::Flag { "flag" } else { "skip" };
    let [words, long, own_line] = [words, long, own_line].map(|flag| if *flag { "True" } else { "False" });
    format!("seed='{}', words={words}, long={long}, own_line={own_line}, missing='{missing}'", seed.get())
}

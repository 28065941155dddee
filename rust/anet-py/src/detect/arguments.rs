//! The arguments that detectors are made from, read and shown.

use anet_core::params::Seed;
use anet_core::{DetectorOptions, DetectorSettings, Missing};
use pyo3::prelude::*;

use crate::convert::bounded::bounded;
use crate::error::{BindingError, type_error, value_error};

pub(crate) mod read {
    crate::convert::number::readers! {
        integer -> i128: channels, channel, merge, cooldown, n, count, index;
        real -> f64: threshold, p_value;
        flag -> bool: tokens, block_means, adaptive_threshold, parts;
    }
}

/// Reads the argument `seed`.
pub(crate) fn seed(object: &Bound<'_, PyAny>) -> Result<Seed, BindingError> {
    let text = object.extract::<String>();
    let text =
        text.or_else(|_| Err(type_error(format!("seed must be a str, got {}", object.get_type().name()?))))?;
    Ok(Seed::try_from(text.as_str())?)
}

/// Puts the arguments of a detector together.
pub(crate) fn settings(
    seed: Option<&Bound<'_, PyAny>>,
    options: DetectorOptions,
    channels: i128,
    missing: &str,
) -> Result<DetectorSettings, BindingError> {
    let missing = match missing {
        "skip" => Missing::Skip,
        "flag" => Missing::Flag,
        other => return Err(value_error(format!("missing must be 'skip' or 'flag', got '{other}'"))),
    };
    let seed = seed.map_or_else(|| Ok(DetectorSettings::default().seed), self::seed)?;
    Ok(DetectorSettings { seed, options, channels: bounded("channels", channels)?, missing })
}

/// The arguments that would make the same, without the channels.
pub(crate) fn describe(settings: &DetectorSettings) -> String {
    let DetectorSettings { seed, options, missing, .. } = settings;
    let DetectorOptions { tokens, block_means, adaptive_threshold } = *options;
    let missing = if *missing == Missing::Flag { "flag" } else { "skip" };
    let python = |flag| if flag { "True" } else { "False" };
    format!(
        "seed='{}', tokens={}, block_means={}, adaptive_threshold={}, missing='{missing}'",
        seed.get(),
        python(tokens),
        python(block_means),
        python(adaptive_threshold)
    )
}

//! The arguments that detectors are made from, read and shown.

use anet_core::params::Seed;
use anet_core::{ChannelCount, DetectorOptions, DetectorSettings, Missing, Names};
use pyo3::prelude::*;

use crate::convert::bounded::bounded;
use crate::convert::names::{CountOrNames, count_or_names};
use crate::convert::number::integer;
use crate::convert::text::text;
use crate::error::{BindingError, value_error};

pub(crate) mod read {
    crate::convert::number::readers! {
        integer -> i128: merge, cooldown;
        real -> f64: threshold;
        real_or_missing -> f64: p_value;
        flag -> bool: tokens, block_means, adaptive_threshold, parts;
    }
}

/// Reads the argument `seed`.
pub(crate) fn seed(object: &Bound<'_, PyAny>) -> Result<Seed, BindingError> {
    Ok(Seed::try_from(text("seed", object)?.as_str())?)
}

/// Reads the argument `channels`: their number, or their names.
pub(crate) fn channels(object: Option<&Bound<'_, PyAny>>) -> Result<(ChannelCount, Names), BindingError> {
    let Some(object) = object else { return Ok((ChannelCount::ONE, Names::none())) };
    match count_or_names("channels", object)? {
        CountOrNames::Count(count) => Ok((bounded("channels", count)?, Names::none())),
        CountOrNames::Names(names) => {
            let names = Names::of("channels", names)?;
            Ok((bounded("channels", names.as_slice().len() as i128)?, names))
        }
    }
}

/// Reads the argument `since`: how many samples before the newest one something began.
pub(crate) fn since(object: Option<&Bound<'_, PyAny>>) -> Result<Option<u64>, BindingError> {
    let Some(object) = object else { return Ok(None) };
    let since = integer("since", object)?;
    let read = u64::try_from(since).map(Some);
    read.map_err(|_| value_error(format!("since must be a number of samples from 0, got {since}")))
}

/// Reads the argument `threshold` of a quiet range.
pub(crate) fn alarm_threshold(value: f64) -> Result<f64, BindingError> {
    if (0.0..1.0).contains(&value) {
        Ok(value)
    } else {
        Err(value_error(format!("threshold must be at least 0 and below 1, got {value}")))
    }
}

/// Puts the arguments of a detector together.
pub(crate) fn settings(
    seed: Option<&Bound<'_, PyAny>>,
    options: DetectorOptions,
    (channels, names): (ChannelCount, Names),
    missing: Option<&Bound<'_, PyAny>>,
) -> Result<DetectorSettings, BindingError> {
    let missing = missing.map_or_else(|| Ok("skip".to_owned()), |missing| text("missing", missing))?;
    let missing = match missing.as_str() {
        "skip" => Missing::Skip,
        "flag" => Missing::Flag,
        other => return Err(value_error(format!("missing must be 'skip' or 'flag', got '{other}'"))),
    };
    let seed = seed.map_or_else(|| Ok(DetectorSettings::default().seed), self::seed)?;
    Ok(DetectorSettings { seed, options, channels, names, missing })
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

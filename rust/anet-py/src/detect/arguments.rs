//! The arguments that detectors are made from, read and shown.

use anet_core::params::Seed;
use anet_core::{Change, ChannelCount, DetectorOptions, DetectorSettings, Missing, Names, Seasons, Told};
use pyo3::prelude::*;

use crate::convert::bounded::bounded;
use crate::convert::names::{CountOrNames, count_or_names};
use crate::convert::number::integer;
use crate::convert::text::text;
use crate::error::{BindingError, value_error};

/// No stream warms up for longer: two years of seconds.
const MOST_WARM_UP: u64 = 1 << 26;

pub(crate) mod read {
    crate::convert::number::readers! {
        integer -> i128: merge, cooldown, warmup;
        real -> f64: threshold;
        real_or_missing -> f64: p_value;
        flag -> bool: tokens, long, adaptive_threshold, difference, counter, joint, small, parts, band;
    }
}

/// Reads the argument `seed`.
pub(crate) fn seed(object: &Bound<'_, PyAny>) -> Result<Seed, BindingError> {
    Ok(Seed::try_from(text("seed", object)?.as_str())?)
}

/// Reads the argument `seed`, where it is given.
pub(crate) fn seed_or_default(object: Option<&Bound<'_, PyAny>>) -> Result<Seed, BindingError> {
    object.map_or_else(|| Ok(DetectorSettings::default().seed), seed)
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

/// Reads the arguments `since` and `until`: how many samples before the newest one an event began and was strange last.
pub(crate) fn told(
    since: Option<&Bound<'_, PyAny>>,
    until: Option<&Bound<'_, PyAny>>,
) -> Result<Option<Told>, BindingError> {
    let until = until.map_or(Ok(0), |until| age("until", until))?;
    let since = since.map(|since| age("since", since)).transpose()?;
    Ok(since.map(|since| Told { since, until }))
}

fn age(name: &str, object: &Bound<'_, PyAny>) -> Result<u64, BindingError> {
    let age = integer(name, object)?;
    u64::try_from(age)
        .map_err(|_| value_error(format!("{name} must be a number of samples from 0, got {age}")))
}

/// Reads the argument `threshold` of a quiet range.
pub(crate) fn alarm_threshold(value: f64) -> Result<f64, BindingError> {
    if (0.0..1.0).contains(&value) {
        Ok(value)
    } else {
        Err(value_error(format!("threshold must be at least 0 and below 1, got {value}")))
    }
}

/// Reads the argument `season`: a period in samples, or several.
pub(crate) fn season(object: Option<&Bound<'_, PyAny>>) -> Result<Seasons, BindingError> {
    let Some(object) = object else { return Ok(Seasons::none()) };
    let periods: Vec<i128> = match integer("season", object) {
        Ok(period) => vec![period],
        Err(error) => {
            let Ok(items) = object.try_iter() else { return Err(error) };
            items.map(|item| integer("season", &item?)).collect::<Result<_, BindingError>>()?
        }
    };
    let periods = periods.into_iter().map(|period| usize::try_from(period).unwrap_or(0)).collect::<Vec<_>>();
    Ok(Seasons::try_from(periods)?)
}

/// Reads the argument `warmup`: samples that are learned and not judged.
pub(crate) fn warmup(samples: i128) -> Result<u64, BindingError> {
    u64::try_from(samples).ok().filter(|&samples| samples <= MOST_WARM_UP).ok_or_else(|| {
        value_error(format!("warmup must be a number of samples from 0 to {MOST_WARM_UP}, got {samples}"))
    })
}

/// Reads the arguments `difference` and `counter`.
pub(crate) fn change(difference: bool, counter: bool) -> Result<Change, BindingError> {
    match (difference, counter) {
        (true, true) => {
            Err(value_error("difference and counter are two ways to judge changes: give one of them".into()))
        }
        (true, false) => Ok(Change::Difference),
        (false, true) => Ok(Change::Counter),
        (false, false) => Ok(Change::Level),
    }
}

/// Reads the argument `missing`.
pub(crate) fn missing(object: Option<&Bound<'_, PyAny>>) -> Result<Missing, BindingError> {
    let Some(object) = object else { return Ok(Missing::Skip) };
    match text("missing", object)?.as_str() {
        "skip" => Ok(Missing::Skip),
        "flag" => Ok(Missing::Flag),
        other => Err(value_error(format!("missing must be 'skip' or 'flag', got '{other}'"))),
    }
}

/// The parts of a detector; those of a small one are few.
pub(crate) fn options(tokens: bool, long: bool, adaptive_threshold: bool, small: bool) -> DetectorOptions {
    DetectorOptions { tokens: tokens && !small, long: long && !small, adaptive_threshold }
}

/// The arguments that would make the same, without the channels.
pub(crate) fn describe(settings: &DetectorSettings) -> String {
    let DetectorSettings { seed, options, missing, season, warm_up, change, joint, .. } = settings;
    let DetectorOptions { tokens, long, adaptive_threshold } = *options;
    let missing = if *missing == Missing::Flag { "flag" } else { "skip" };
    let python = |flag| if flag { "True" } else { "False" };
    let mut text = format!(
        "seed='{}', tokens={}, long={}, adaptive_threshold={}, missing='{missing}'",
        seed.get(),
        python(tokens),
        python(long),
        python(adaptive_threshold)
    );
    if !season.periods().is_empty() {
        text += &format!(", season={:?}", season.periods());
    }
    if *warm_up > 64 {
        text += &format!(", warmup={warm_up}");
    }
    text += match change {
        Change::Level => "",
        Change::Difference => ", difference=True",
        Change::Counter => ", counter=True",
    };
    text + if *joint { ", joint=True" } else { "" }
}

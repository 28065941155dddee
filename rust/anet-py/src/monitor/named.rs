//! Named signals between Python and the core.

use anet_core as core;
use anet_core::{Direction, Paged, Signal};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};

use crate::convert::number::real;
use crate::convert::text::text;
use crate::error::{BindingError, class_of, type_error, value_error};
use crate::monitor::event_digest;

/// Declares the argument `signals`: a mapping of directions by name, or names in common use.
pub(super) fn declare(monitor: &mut core::Monitor, signals: &Bound<'_, PyAny>) -> Result<(), BindingError> {
    if let Ok(mapping) = signals.cast::<PyMapping>() {
        for item in mapping.items()?.iter() {
            let (name, direction): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
            let name = text("a name of signals", &name)?;
            monitor.declare(&name, direction_of(&name, &direction)?)?;
        }
        return Ok(());
    }
    let wanted = || {
        let class = class_of(signals);
        type_error(format!(
            "signals must be a mapping of directions by name, or a list of names, got {class}"
        ))
    };
    if signals.is_instance_of::<PyString>() {
        return Err(wanted());
    }
    for name in signals.try_iter().map_err(|_| wanted())? {
        let name = text("a name of signals", &name?)?;
        if monitor.adopt(&name).is_none() && core::known_signal(&name).is_some() {
            return Err(too_many());
        }
        if monitor.named().find(&name).is_none() {
            return Err(value_error(format!(
                "signals: '{name}' is no name in common use, so its direction must be given: {{'{name}': 'rises'}}, \
                 'falls', 'both', 'nonzero' or 'recorded'"
            )));
        }
    }
    Ok(())
}

fn direction_of(name: &str, direction: &Bound<'_, PyAny>) -> Result<Direction, BindingError> {
    let known = direction.extract::<String>().ok().and_then(|word| Direction::named(&word));
    known.ok_or_else(|| {
        value_error(format!(
            "signals: the direction of {name} must be 'rises', 'falls', 'both', 'nonzero' or 'recorded', got {direction}"
        ))
    })
}

/// The directions by name.
pub(super) fn directions(monitor: &core::Monitor) -> Vec<(String, &'static str)> {
    let signals = monitor.named().all().iter();
    signals.map(|signal| (signal.name().to_owned(), signal.direction().name())).collect()
}

/// Reads the keywords that are none of the five signals; one that is `None` was not measured.
pub(super) fn given(named: Option<&Bound<'_, PyDict>>) -> Result<Vec<(String, f64)>, BindingError> {
    let Some(named) = named else { return Ok(Vec::new()) };
    let mut values = Vec::with_capacity(named.len());
    for (name, value) in named.iter().filter(|(_, value)| !value.is_none()) {
        let name = text("the name of a signal", &name)?;
        let value = real(&name, &value)?;
        values.push((name, value));
    }
    Ok(values)
}

/// The index of each named signal; one with a name in common use is made. Nothing is where another is unknown.
pub(crate) fn indices<'a>(
    monitor: &mut Paged<core::Monitor>,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Result<Vec<usize>, BindingError> {
    let is_known = |name: &str| monitor.named().find(name).is_some() || core::known_signal(name).is_some();
    if let Some(name) = names.clone().find(|name| !is_known(name)) {
        return Err(unknown(name));
    }
    let new = names.clone().filter(|name| monitor.named().find(name).is_none()).count();
    if monitor.named().all().len() + new > core::NamedSignals::MOST {
        return Err(too_many());
    }
    let index = |name| match monitor.named().find(name) {
        Some(index) => Some(index),
        None => monitor.enter(event_digest::signal(name)).adopt(name),
    };
    Ok(names.filter_map(index).collect())
}

fn too_many() -> BindingError {
    let most = core::NamedSignals::MOST;
    value_error(format!("signals must be at most {most}, so that their memory is bounded, got one more"))
}

fn unknown(name: &str) -> BindingError {
    let five = Signal::ALL.map(Signal::name).join(", ");
    type_error(format!(
        "'{name}' is none of {five}, step and batch_id, and no signal whose direction is known: say which side is bad, \
         Monitor(signals={{'{name}': 'rises'}}), 'falls', 'both', 'nonzero' or 'recorded'"
    ))
}

#[doc = doc!("known_signal")]
#[pyfunction]
pub(super) fn known_signal(
    name: &Bound<'_, PyAny>,
) -> Result<Option<(&'static str, &'static str)>, BindingError> {
    let known = core::known_signal(&text("name", name)?);
    Ok(known.map(|(direction, meaning)| (direction.name(), meaning.name())))
}

//! Names as arguments, and places that are given by name or by number.

use anet_core::Names;
use anet_core::pool::{Pool, Stream};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::convert::number::integer;
use crate::error::{BindingError, type_error, value_error};

/// A number of things, or their names.
pub(crate) enum CountOrNames {
    Count(i128),
    Names(Vec<String>),
}

impl CountOrNames {
    pub(crate) fn len(&self) -> i128 {
        match self {
            Self::Count(count) => *count,
            Self::Names(names) => names.len() as i128,
        }
    }
}

/// Reads the argument `name`: an integer or a sequence of texts.
pub(crate) fn count_or_names(name: &str, object: &Bound<'_, PyAny>) -> Result<CountOrNames, BindingError> {
    if object.is_instance_of::<PyString>() {
        return Err(type_error(format!("{name} must be an integer or a list of names, got str")));
    }
    let Ok(items) = object.try_iter() else { return Ok(CountOrNames::Count(integer(name, object)?)) };
    let text = |item: PyResult<Bound<'_, PyAny>>| -> Result<String, BindingError> {
        let item = item?;
        let wrong = |class| {
            type_error(format!("{name} must be an integer or a list of names, got an item that is {class}"))
        };
        item.extract().or_else(|_| Err(wrong(item.get_type().name()?)))
    };
    Ok(CountOrNames::Names(items.map(text).collect::<Result<_, _>>()?))
}

/// Reads the argument `argument`: the place of something, or its name.
pub(crate) fn place(argument: &str, object: &Bound<'_, PyAny>, names: &Names) -> Result<i128, BindingError> {
    let Ok(name) = object.extract::<String>() else { return integer(argument, object) };
    let place = names.place(&name).map(|place| place as i128);
    place.ok_or_else(|| value_error(format!("{argument} must be {}, got '{name}'", known(names))))
}

/// What a name may be: a few of those there are.
fn known(names: &Names) -> String {
    let all = names.as_slice();
    if all.is_empty() {
        return "a number, since there are no names".to_owned();
    }
    let shown: Vec<String> = all.iter().take(5).map(|name| format!("'{name}'")).collect();
    let more = all.len().saturating_sub(shown.len());
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("one of the names {}{tail}", shown.join(", "))
}

/// The argument `argument`: the index of a stream that there is, or its name.
pub(crate) fn index<S: Stream + Clone>(
    argument: &str,
    object: &Bound<'_, PyAny>,
    pool: &Pool<S>,
) -> Result<usize, BindingError> {
    let (index, count) = (place(argument, object, pool.names())?, pool.streams().len());
    let found = usize::try_from(index).ok().filter(|&index| index < count);
    let refusal = if index < 0 {
        format!("at least 0, got {index}")
    } else {
        format!("below the number of streams, got {index} with {count} streams")
    };
    found.ok_or_else(|| value_error(format!("{argument} must be {refusal}")))
}

/// Appends streams: by number to a pool without names, by name to one that has names or is empty.
pub(crate) fn add<S: Stream + Clone>(
    argument: &'static str,
    pool: &mut Pool<S>,
    more: CountOrNames,
) -> Result<(), BindingError> {
    let (named, empty) = (!pool.names().is_empty(), pool.streams().is_empty());
    match more {
        CountOrNames::Names(names) if named || empty => Ok(pool.add_named(argument, names)?),
        CountOrNames::Names(_) => {
            Err(value_error(format!("{argument} must be an integer: the streams of this pool have no names")))
        }
        CountOrNames::Count(count) if named && count > 0 => Err(value_error(format!(
            "{argument} must be names, as the streams of this pool have, got {count}"
        ))),
        CountOrNames::Count(count) => {
            pool.add(count as usize);
            Ok(())
        }
    }
}

/// The names of a pool as Python writes them, or the number of its streams.
pub(crate) fn shown<S: Stream + Clone>(pool: &Pool<S>) -> String {
    if pool.names().is_empty() {
        pool.streams().len().to_string()
    } else {
        format!("{:?}", pool.names().as_slice())
    }
}

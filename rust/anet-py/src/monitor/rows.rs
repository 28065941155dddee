//! Many rows of signals: a mapping of columns, an array, or rows one by one.

use anet_core::{Row, Signal};
use numpy::{PyUntypedArray, PyUntypedArrayMethods};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyMapping, PyString, PyTuple};

use crate::convert::array::Series;
use crate::convert::number::real;
use crate::error::{BindingError, class_of, type_error, value_error};

/// The columns that a mapping may hold, in the order of [`Row`].
const COLUMNS: [&str; 6] = ["loss", "grad_norm", "step_norm", "noise", "lr", "step"];
const SIGNALS: usize = Signal::ALL.len();

/// Rows as they came; arrays are read where they lie.
pub(super) enum Rows<'py> {
    /// One series a column of [`COLUMNS`], where it was given; all of the same length.
    Columns([Option<Series<'py>>; COLUMNS.len()], Vec<NamedColumn>),
    /// A block, row by row, and the number of its columns.
    Block(Series<'py>, usize),
    /// Row by row, with signals that may be absent.
    Single(Vec<Row>),
}

/// A named signal and its values, where they were measured.
pub(super) struct NamedColumn {
    name: String,
    values: Vec<Option<f64>>,
}

/// What is read without the interpreter.
pub(super) enum Plain<'a> {
    Columns([Option<&'a [f64]>; COLUMNS.len()], &'a [NamedColumn]),
    Block(&'a [f64], usize),
    Single(&'a [Row]),
}

impl<'py> Rows<'py> {
    /// Reads the argument `rows`.
    pub(super) fn read(rows: &Bound<'py, PyAny>) -> Result<Self, BindingError> {
        // Lists are read without NumPy.
        if rows.is_exact_instance_of::<PyList>() || rows.is_exact_instance_of::<PyTuple>() {
            return single(rows);
        }
        if let Ok(mapping) = rows.cast::<PyMapping>() {
            return columns(mapping);
        }
        match rows.cast::<PyUntypedArray>() {
            Ok(array) if array.ndim() == 2 => matrix(array),
            Ok(_) => {
                let loss = Some(Series::read("rows", rows)?);
                Ok(Self::Columns([loss, None, None, None, None, None], Vec::new()))
            }
            Err(_) => single(rows),
        }
    }

    pub(super) fn plain(&self) -> Plain<'_> {
        match self {
            Self::Columns(columns, named) => Plain::Columns(columns.each_ref().map(Option::as_deref), named),
            Self::Block(values, width) => Plain::Block(values, *width),
            Self::Single(rows) => Plain::Single(rows),
        }
    }
}

impl Plain<'_> {
    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Columns(columns, named) => {
                let of_named = named.first().map_or(0, |column| column.values.len());
                columns.iter().flatten().next().map_or(of_named, |column| column.len())
            }
            Self::Block(values, width) => values.len() / width.max(&1),
            Self::Single(rows) => rows.len(),
        }
    }

    /// One row.
    #[inline]
    pub(super) fn row(&self, at: usize) -> Row {
        match self {
            Self::Columns(columns, _) => {
                let [loss, grad_norm, step_norm, noise, lr, step] =
                    columns.map(|column| column.map(|values| values[at]));
                Row { loss, grad_norm, step_norm, noise, lr, step: step.map(|step| step as i64) }
            }
            Self::Block(values, width) => {
                let value = |column: usize| (column < *width).then(|| values[at * width + column]);
                row_of(std::array::from_fn(value))
            }
            Self::Single(rows) => rows[at],
        }
    }
}

impl Plain<'_> {
    /// The names of the named signals, in the order of [`Plain::named`].
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.named_columns().iter().map(|column| column.name.as_str())
    }

    /// The named signals of one row: which they are, and their values.
    pub(super) fn named(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let columns = self.named_columns().iter().enumerate();
        columns.filter_map(move |(column, signal)| Some((column, signal.values[at]?)))
    }

    fn named_columns(&self) -> &[NamedColumn] {
        if let Self::Columns(_, named) = self { named } else { &[] }
    }
}

fn row_of([loss, grad_norm, step_norm, noise, lr]: [Option<f64>; SIGNALS]) -> Row {
    Row { loss, grad_norm, step_norm, noise, lr, step: None }
}

fn columns<'py>(mapping: &Bound<'py, PyMapping>) -> Result<Rows<'py>, BindingError> {
    let mut columns = [const { None }; COLUMNS.len()];
    let mut named = Vec::new();
    let mut first: Option<(String, usize)> = None;
    for item in mapping.items()?.iter() {
        let (name, values): (String, Bound<'py, PyAny>) = item.extract()?;
        let length = match COLUMNS.iter().position(|&known| known == name) {
            Some(index) => columns[index].insert(Series::read(COLUMNS[index], &values)?).len(),
            None => {
                named.push(named_column(name.clone(), &values)?);
                named.last().map_or(0, |column: &NamedColumn| column.values.len())
            }
        };
        let (other, wanted) = first.get_or_insert((name.clone(), length));
        if *wanted != length {
            return Err(value_error(format!(
                "{other} and {name} must have the same length, got {wanted} and {length}"
            )));
        }
    }
    Ok(Rows::Columns(columns, named))
}

/// A named signal may come in some rows only: `None` in a list is a row without it.
fn named_column(name: String, values: &Bound<'_, PyAny>) -> Result<NamedColumn, BindingError> {
    if !values.is_instance_of::<PyList>() && !values.is_instance_of::<PyTuple>() {
        let values = Series::read(&name, values)?.iter().copied().map(Some).collect();
        return Ok(NamedColumn { name, values });
    }
    let value = |(at, item): (usize, PyResult<Bound<'_, PyAny>>)| {
        let item = item?;
        if item.is_none() { Ok(None) } else { real(&format!("{name}[{at}]"), &item).map(Some) }
    };
    let values = values.try_iter()?.enumerate().map(value).collect::<Result<_, BindingError>>()?;
    Ok(NamedColumn { name, values })
}

fn matrix<'py>(array: &Bound<'py, PyUntypedArray>) -> Result<Rows<'py>, BindingError> {
    let width = array.shape()[1];
    if width > SIGNALS {
        return Err(value_error(format!("rows must hold at most {SIGNALS} signals, got {width}")));
    }
    let values = Series::read("rows", &array.call_method1(intern!(array.py(), "reshape"), (-1,))?)?;
    Ok(Rows::Block(values, width))
}

fn single<'py>(rows: &Bound<'py, PyAny>) -> Result<Rows<'py>, BindingError> {
    let not_rows = |_| not_a_sequence("rows", "a sequence of rows", rows);
    let rows = rows.try_iter().map_err(not_rows)?.enumerate().map(|(at, row)| one(at, &row?));
    Ok(Rows::Single(rows.collect::<Result<_, _>>()?))
}

/// One row: a loss alone, or the signals in their order; one that is `None`, or for which the row is too short, is absent.
fn one(at: usize, row: &Bound<'_, PyAny>) -> Result<Row, BindingError> {
    let name = || format!("rows[{at}]");
    if row.is_none() {
        return Ok(Row::default());
    }
    if let Ok(loss) = row.extract::<f64>() {
        return Ok(Row { loss: Some(loss), ..Row::default() });
    }
    if row.is_instance_of::<PyString>() {
        return Err(type_error(format!("{} must be a sequence of signals, got {}", name(), class_of(row))));
    }
    let not_a_row = |_| not_a_sequence(&name(), "a sequence of signals", row);
    let mut values = [None; SIGNALS];
    let mut count = 0;
    for item in row.try_iter().map_err(not_a_row)? {
        let item = item?;
        if let (Some(value), Some(signal)) = (values.get_mut(count), Signal::ALL.get(count)) {
            let name = || format!("{} {}", name(), signal.name());
            *value = if item.is_none() { None } else { Some(real(&name(), &item)?) };
        }
        count += 1;
    }
    if count > SIGNALS {
        return Err(value_error(format!("{} must hold at most {SIGNALS} signals, got {count}", name())));
    }
    Ok(row_of(values))
}

fn not_a_sequence(name: &str, wanted: &str, object: &Bound<'_, PyAny>) -> BindingError {
    match object.get_type().name() {
        Ok(class) => type_error(format!("{name} must be {wanted}, got {class}")),
        Err(error) => error.into(),
    }
}

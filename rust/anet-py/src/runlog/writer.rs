//! Binding of `anet_core::runlog`.

use anet_core::runlog::{COLUMNS, Cell, ColumnKind, Form, LineWriter, METRICS, NONFINITE, Record};
use anet_core::{AnetSnapshot, Signal};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::convert::number;
use crate::error::{BindingError, type_error, value_error};
use crate::metric::ANETSnapshot;
use crate::monitor::snapshot::Snapshot;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("SIGNALS", PyTuple::new(module.py(), Signal::ALL.map(Signal::name))?)?;
    module.add("METRICS", PyTuple::new(module.py(), METRICS)?)?;
    module.add_class::<RecordLines>()
}

#[doc = doc!("RecordLines")]
#[pyclass(frozen, module = "anet_lite._native")]
struct RecordLines {
    form: Form,
    extra: Vec<(String, ColumnKind)>,
}

#[pymethods]
impl RecordLines {
    #[new]
    #[pyo3(signature = (form, extra=Vec::new()))]
    fn new(form: &str, extra: Vec<(String, String)>) -> Result<Self, BindingError> {
        let form = match form {
            "jsonl" => Form::JsonLines,
            "csv" => Form::Csv(b','),
            other => return Err(value_error(format!("form must be 'jsonl' or 'csv', got '{other}'"))),
        };
        let extra = extra.into_iter().map(|(name, kind)| Ok((free(name)?, kind_named(&kind)?)));
        Ok(Self { form, extra: extra.collect::<Result<_, BindingError>>()? })
    }

    #[doc = doc!("RecordLines.columns")]
    #[getter]
    fn columns(&self) -> Vec<(&str, &'static str)> {
        let extra = self.extra.iter().map(|(name, kind)| (name.as_str(), kind.name()));
        let base = COLUMNS.iter().map(|&(name, kind)| (name, kind.name()));
        base.chain(extra).chain([(NONFINITE, ColumnKind::Text.name())]).collect()
    }

    #[doc = doc!("RecordLines.header")]
    fn header<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let names = COLUMNS.iter().map(|column| column.0);
        let header = match self.form {
            Form::JsonLines => Vec::new(),
            Form::Csv(delimiter) => {
                LineWriter::header(delimiter, names.chain(self.extra.iter().map(|(name, _)| name.as_str())))
            }
        };
        PyBytes::new(py, &header)
    }

    #[doc = doc!("RecordLines.line")]
    #[pyo3(signature = (snapshot, values, time, row, explanation, note))]
    #[expect(clippy::too_many_arguments, reason = "one for each source of a record")]
    fn line<'py>(
        &self,
        py: Python<'py>,
        snapshot: &Bound<'py, PyAny>,
        values: &Bound<'py, PyDict>,
        time: f64,
        row: i64,
        explanation: &str,
        note: &str,
    ) -> Result<Bound<'py, PyBytes>, BindingError> {
        let found = StepRecord::of(snapshot, values, row)?;
        let record = Record {
            time,
            step: found.step,
            row: found.row,
            status: found.status,
            signals: found.signals,
            metrics: found.metrics,
            alarms: &found.alarms,
            incident: found.incident,
            explanation,
            segment: found.segment,
            note,
        };
        let given = values.iter().map(|(name, value)| Ok((name.extract()?, value)));
        let given = given.collect::<PyResult<Vec<(String, Bound<'_, PyAny>)>>>()?;
        self.check(&given, found.own)?;
        let mut texts = vec![String::new(); self.extra.len()];
        let mut cells = Vec::with_capacity(self.extra.len());
        for ((name, kind), text) in self.extra.iter().zip(&mut texts) {
            let value = given.iter().find(|(given, _)| given == name).map(|(_, value)| value);
            cells.push((name.as_str(), cell(name, *kind, value.filter(|value| !value.is_none()), text)?));
        }
        Ok(PyBytes::new(py, &record.line(self.form, cells)))
    }
}

impl RecordLines {
    /// Every name that the caller gives is a column of this file, and none that the snapshot fills itself.
    fn check(&self, given: &[(String, Bound<'_, PyAny>)], own: bool) -> Result<(), BindingError> {
        for (name, _) in given {
            if !self.extra.iter().any(|(known, _)| known == name) && (own || !is_signal(name)) {
                let names: Vec<&str> = self.extra.iter().map(|(name, _)| name.as_str()).collect();
                let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                return Err(value_error(format!(
                    "{name} is no column of this file; its own columns beside the snapshot's: {names}"
                )));
            }
        }
        Ok(())
    }
}

/// What a snapshot of either kind holds of its step.
struct StepRecord {
    step: i64,
    row: i64,
    status: &'static str,
    signals: [Option<f64>; Signal::ALL.len()],
    metrics: AnetSnapshot,
    alarms: String,
    incident: i64,
    segment: &'static str,
    /// Whether the snapshot knows its signals itself.
    own: bool,
}

impl StepRecord {
    fn of(snapshot: &Bound<'_, PyAny>, values: &Bound<'_, PyDict>, row: i64) -> Result<Self, BindingError> {
        if let Ok(snapshot) = snapshot.cast::<Snapshot>() {
            return Ok(Self::by_monitor(snapshot.get()));
        }
        let Ok(snapshot) = snapshot.cast::<ANETSnapshot>() else {
            let class = crate::error::class_of(snapshot);
            return Err(type_error(format!("snapshot must be a Snapshot or an ANETSnapshot, got {class}")));
        };
        let mut signals = [None; Signal::ALL.len()];
        for (signal, value) in Signal::ALL.into_iter().zip(&mut signals) {
            *value = given(values, signal.name())?
                .map(|object| number::real(signal.name(), &object))
                .transpose()?;
        }
        let step = given(values, "step")?.map(|object| number::integer("step", &object)).transpose()?;
        let step = i64::try_from(step.unwrap_or(row.into()));
        Ok(Self {
            step: step.map_err(|_| value_error("step must fit 64 bits, got a larger integer".to_owned()))?,
            row,
            status: "",
            signals,
            metrics: *snapshot.get().inner(),
            alarms: String::new(),
            incident: -1,
            segment: "",
            own: false,
        })
    }

    fn by_monitor(snapshot: &Snapshot) -> Self {
        let (alarms, incident) = snapshot.fired();
        Self {
            step: snapshot.step(),
            row: snapshot.row() as i64,
            status: snapshot.status(),
            signals: snapshot.newest(),
            metrics: *snapshot.metrics(),
            alarms,
            incident,
            segment: snapshot.segment().unwrap_or(""),
            own: true,
        }
    }
}

fn given<'py>(values: &Bound<'py, PyDict>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(values.get_item(name)?.filter(|object| !object.is_none()))
}

fn is_signal(name: &str) -> bool {
    name == "step" || Signal::ALL.iter().any(|signal| signal.name() == name)
}

fn cell<'a>(
    name: &str,
    kind: ColumnKind,
    value: Option<&Bound<'_, PyAny>>,
    text: &'a mut String,
) -> Result<Cell<'a>, BindingError> {
    Ok(match kind {
        ColumnKind::Number => Cell::Number(value.map(|value| number::real(name, value)).transpose()?),
        ColumnKind::Flag => Cell::Flag(value.map(|value| number::flag(name, value)).transpose()?),
        ColumnKind::Integer => Cell::Integer(0),
        ColumnKind::Text => {
            if let Some(value) = value {
                *text = value.extract().map_err(|_| {
                    type_error(format!("{name} must be a text, got {}", crate::error::class_of(value)))
                })?;
            }
            Cell::Text(text)
        }
    })
}

/// A name that no column of ours has.
fn free(name: String) -> Result<String, BindingError> {
    if name == NONFINITE || COLUMNS.iter().any(|column| column.0 == name) {
        return Err(value_error(format!(
            "{name} is a column of the snapshot's own: give yours another name"
        )));
    }
    Ok(name)
}

fn kind_named(name: &str) -> Result<ColumnKind, BindingError> {
    [ColumnKind::Number, ColumnKind::Flag, ColumnKind::Text]
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| value_error(format!("kind must be 'number', 'flag' or 'text', got '{name}'")))
}

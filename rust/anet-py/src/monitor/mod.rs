//! Binding of `anet_core::monitor`.

pub mod alarm;
pub mod annotation;
pub mod event_digest;
pub mod reference;
mod rows;
pub mod snapshot;
pub mod tombstones;

use std::sync::{Mutex, MutexGuard, PoisonError};

use anet_core::monitor as core;
use anet_core::monitor::{FalseAlarms, Memory, Panel, Row};
use anet_core::state::Paged;
use anet_core::state::codec::State;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::convert::array::Series;
use crate::convert::number;
use crate::detach::detached;
use crate::error::{BindingError, type_error, value_error};
use crate::monitor::alarm::Alarm;
use crate::monitor::reference::Reference;
use crate::monitor::snapshot::Snapshot;
use crate::monitor::tombstones::{Mark, Tombstones};
use crate::state::paged;

const FORMAT: &str = "anet_lite.Monitor";
const VERSION: i64 = 1;
/// What a row costs, in nanoseconds.
pub const STEPS_OF_ROW: usize = 500;

pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Monitor>()?;
    module.add_class::<MonitorGroup>()?;
    module.add_class::<Reference>()?;
    module.add_class::<Snapshot>()?;
    module.add_class::<Alarm>()
}

#[doc = doc!("Monitor")]
#[pyclass(frozen, module = "anet_lite", subclass, weakref)]
pub struct Monitor {
    panel: Mutex<Paged<Panel>>,
    /// What the reference was learned on.
    learned_on: String,
    tombstones: Tombstones,
}

#[pymethods]
impl Monitor {
    #[new]
    #[pyo3(signature = (false_alarms_per_10k=None, *, remember=true, reference=None, tombstones=None))]
    fn new(
        false_alarms_per_10k: Option<&Bound<'_, PyAny>>,
        remember: bool,
        reference: Option<&Bound<'_, PyAny>>,
        tombstones: Option<Bound<'_, PyAny>>,
    ) -> Result<Self, BindingError> {
        let asked = real("false_alarms_per_10k", false_alarms_per_10k)?.unwrap_or(1.0);
        let rate = FalseAlarms::per_10k(asked)?;
        let memory = if remember { Memory::Kept } else { Memory::None };
        let tombstones = Tombstones::of(tombstones)?;
        let mut monitor = core::Monitor::new(rate, memory);
        let mut learned_on = String::new();
        if let Some(object) = reference {
            let reference = object.cast::<Reference>().map_err(|_| {
                type_error(format!("reference must be a Reference, got {}", class_of(object)))
            })?;
            monitor = monitor.with_reference(reference.get().inner.clone());
            learned_on.clone_from(&reference.get().learned_on);
        }
        let panel = Mutex::new(Paged::new(Panel::new(monitor)));
        Ok(Self { panel, learned_on, tombstones })
    }

    #[doc = doc!("Monitor.update")]
    #[pyo3(signature = (
        loss=None, grad_norm=None, step_norm=None, noise=None, lr=None, step=None, batch_id=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "one for each signal of a training loop")]
    fn update(
        &self,
        loss: Option<&Bound<'_, PyAny>>,
        grad_norm: Option<&Bound<'_, PyAny>>,
        step_norm: Option<&Bound<'_, PyAny>>,
        noise: Option<&Bound<'_, PyAny>>,
        lr: Option<&Bound<'_, PyAny>>,
        step: Option<&Bound<'_, PyAny>>,
        batch_id: Option<Py<PyAny>>,
    ) -> Result<Snapshot, BindingError> {
        let row = Row {
            loss: real("loss", loss)?,
            grad_norm: real("grad_norm", grad_norm)?,
            step_norm: real("step_norm", step_norm)?,
            noise: real("noise", noise)?,
            lr: real("lr", lr)?,
            step: whole("step", step)?,
        };
        let mut panel = self.lock();
        let status = panel.enter(event_digest::row(&row)).update(&row);
        Ok(Snapshot::of(&panel, &row, status, batch_id))
    }

    #[doc = doc!("Monitor.update_many")]
    #[pyo3(signature = (loss=None, *, grad_norm=None, step_norm=None, noise=None, lr=None, step=None))]
    #[expect(clippy::too_many_arguments, reason = "one for each signal of a training loop")]
    fn update_many<'py>(
        &self,
        py: Python<'py>,
        loss: Option<&Bound<'py, PyAny>>,
        grad_norm: Option<&Bound<'py, PyAny>>,
        step_norm: Option<&Bound<'py, PyAny>>,
        noise: Option<&Bound<'py, PyAny>>,
        lr: Option<&Bound<'py, PyAny>>,
        step: Option<&Bound<'py, PyAny>>,
    ) -> Result<Vec<Alarm>, BindingError> {
        let names = ["loss", "grad_norm", "step_norm", "noise", "lr", "step"];
        let mut columns = Vec::with_capacity(names.len());
        for (name, object) in names.into_iter().zip([loss, grad_norm, step_norm, noise, lr, step]) {
            columns.push(object.map(|object| Series::read(name, object)).transpose()?);
        }
        let columns: Vec<Option<&[f64]>> = columns.iter().map(Option::as_deref).collect();
        let rows = common_length(&names, &columns)?;
        let alarms = detached(py, STEPS_OF_ROW * rows, || {
            let mut panel = self.lock();
            (0..rows).flat_map(|at| replay(&mut panel, &columns, at)).collect()
        });
        Ok(alarms)
    }

    #[doc = doc!("Monitor.score")]
    #[pyo3(signature = (rows, order=None))]
    fn score(
        &self,
        py: Python<'_>,
        rows: &Bound<'_, PyAny>,
        order: Option<&Bound<'_, PyAny>>,
    ) -> Result<Vec<(&'static str, Vec<Alarm>)>, BindingError> {
        let rows = rows::read(rows)?;
        let orders = paged::orders(order, rows.len())?;
        Ok(detached(py, STEPS_OF_ROW * rows.len(), || {
            let mut panel = self.lock();
            let numbered = rows.iter().enumerate();
            let verdict = numbered.map(|(at, row)| {
                let order = orders.as_ref().map(|orders| orders[at]);
                let status = panel.enter_at(order, event_digest::row(row)).update(row);
                (status.name(), Alarm::all(&panel))
            });
            verdict.collect()
        }))
    }

    #[doc = doc!("Monitor.last_order")]
    #[getter]
    fn last_order(&self) -> Option<i64> {
        self.lock().event_digest().last_order
    }

    #[doc = doc!("Monitor.manifest")]
    fn manifest<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        paged::manifest(py, &mut self.lock())
    }

    #[doc = doc!("Monitor.changed_pages")]
    #[pyo3(signature = (page_bytes=None), text_signature = "($self, page_bytes=65536)")]
    fn changed_pages<'py>(
        &self,
        py: Python<'py>,
        page_bytes: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyDict>, BindingError> {
        paged::take(py, &mut self.lock(), page_bytes)
    }

    #[doc = doc!("Monitor.restore")]
    fn restore(&self, manifest: &Bound<'_, PyAny>, pages: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        paged::restore(&mut self.lock(), manifest, pages)
    }

    #[doc = doc!("Monitor.note")]
    fn note(&self, text: &str) -> Result<(), BindingError> {
        if text.trim().is_empty() {
            return Err(value_error("text must say what changes, got an empty text".to_owned()));
        }
        self.lock().enter(event_digest::note(text)).note(text);
        Ok(())
    }

    #[doc = doc!("Monitor.group")]
    fn group(slf: &Bound<'_, Self>, name: &str) -> MonitorGroup {
        let place = slf.get().lock().enter(event_digest::group(name)).group(name);
        MonitorGroup { monitor: slf.clone().unbind(), place, name: name.to_owned() }
    }

    #[doc = doc!("Monitor.status")]
    #[getter]
    fn status(&self) -> &'static str {
        self.lock().status().name()
    }

    #[doc = doc!("Monitor.rows")]
    #[getter]
    fn rows(&self) -> u64 {
        self.lock().whole().rows()
    }

    #[doc = doc!("Monitor.false_alarms_per_10k")]
    #[getter]
    fn false_alarms_per_10k(&self) -> f64 {
        self.lock().whole().rate().asked()
    }

    #[doc = doc!("Monitor.remember")]
    #[getter]
    fn remember(&self) -> bool {
        self.lock().whole().memory() == Memory::Kept
    }

    #[doc = doc!("Monitor.tombstones")]
    #[getter]
    fn tombstones(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.tombstones.log(py)
    }

    #[doc = doc!("Monitor.scores")]
    fn scores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let scores = PyDict::new(py);
        let panel = self.lock();
        for score in core::Score::ALL {
            if let Some(value) = panel.whole().board().score(score) {
                scores.set_item(score.name(), value)?;
            }
        }
        Ok(scores)
    }

    #[doc = doc!("Monitor.reference")]
    fn reference(&self, learned_on: String) -> Result<Reference, BindingError> {
        match self.lock().whole().reference() {
            Some(inner) => Ok(Reference { inner, learned_on }),
            None => Err(value_error("a reference needs at least 8 rows of a run".to_owned())),
        }
    }

    #[doc = doc!("Monitor.state_dict")]
    fn state_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let panel = self.lock();
        let groups = PyDict::new(py);
        for group in panel.groups() {
            groups.set_item(&group.name, hex(py, &group.monitor)?)?;
        }
        let state = PyDict::new(py);
        state.set_item("format", FORMAT)?;
        state.set_item("version", VERSION)?;
        state.set_item("rows", panel.whole().rows())?;
        state.set_item("monitor", hex(py, panel.whole())?)?;
        state.set_item("groups", groups)?;
        state.set_item("fault", panel.fault().map(|(opened, last)| vec![opened, last]))?;
        annotation::save(&state, panel.notes())?;
        state.set_item("tombstones", self.tombstones.mark(py)?)?;
        Ok(state)
    }

    #[doc = doc!("Monitor.load_state_dict")]
    fn load_state_dict(&self, state: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let state = state
            .cast::<PyDict>()
            .map_err(|_| type_error(format!("state must be a dict, got {}", class_of(state))))?;
        check_header(state)?;
        let mut panel = Panel::new(monitor(state, "monitor")?);
        let groups = field(state, "groups")?;
        let groups = groups.cast::<PyDict>().map_err(|_| damaged("groups"))?;
        for (name, _) in groups {
            let name: String = name.extract().map_err(|_| damaged("groups"))?;
            panel.restore(name.clone(), monitor(groups, &name)?);
        }
        let fault: Option<(u64, u64)> = field(state, "fault")?
            .extract::<Option<Vec<u64>>>()
            .map_err(|_| damaged("fault"))?
            .and_then(|rows| Some((*rows.first()?, *rows.get(1)?)));
        panel.set_fault(fault);
        panel.set_notes(annotation::saved(state)?);
        let mark = Mark::saved(state)?;
        let mut own = self.lock();
        panel.configure(own.whole());
        *own = Paged::new(panel);
        drop(own);
        self.tombstones.compare(state.py(), mark)
    }

    fn __getstate__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.state_dict(py)
    }

    fn __setstate__(&self, state: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        self.load_state_dict(state)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((f64,), Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("remember", self.remember())?;
        if let Some(inner) = self.lock().whole().known().cloned() {
            options.set_item("reference", Reference { inner, learned_on: self.learned_on.clone() })?;
        }
        Ok(((self.false_alarms_per_10k(),), options))
    }

    fn __repr__(&self) -> String {
        let panel = self.lock();
        let rate = panel.whole().rate().asked();
        format!(
            "Monitor(false_alarms_per_10k={rate}, rows={}, status='{}')",
            panel.whole().rows(),
            panel.status().name()
        )
    }
}

impl Monitor {
    /// A panic while it was locked cannot leave a row half taken that later rows would care about.
    pub fn lock(&self) -> MutexGuard<'_, Paged<Panel>> {
        self.panel.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[doc = doc!("MonitorGroup")]
#[pyclass(frozen, module = "anet_lite")]
pub struct MonitorGroup {
    monitor: Py<Monitor>,
    place: usize,
    #[doc = doc!("MonitorGroup.name")]
    #[pyo3(get)]
    name: String,
}

#[pymethods]
impl MonitorGroup {
    #[doc = doc!("MonitorGroup.update")]
    #[pyo3(signature = (loss=None, *, grad_norm=None, step_norm=None, noise=None, lr=None))]
    fn update(
        &self,
        loss: Option<&Bound<'_, PyAny>>,
        grad_norm: Option<&Bound<'_, PyAny>>,
        step_norm: Option<&Bound<'_, PyAny>>,
        noise: Option<&Bound<'_, PyAny>>,
        lr: Option<&Bound<'_, PyAny>>,
    ) -> Result<&'static str, BindingError> {
        let row = Row {
            loss: real("loss", loss)?,
            grad_norm: real("grad_norm", grad_norm)?,
            step_norm: real("step_norm", step_norm)?,
            noise: real("noise", noise)?,
            lr: real("lr", lr)?,
            step: None,
        };
        let mut panel = self.monitor.get().lock();
        // A state loaded since may have brought other groups.
        let place = if panel.groups().get(self.place).is_some_and(|group| group.name == self.name) {
            self.place
        } else {
            panel.enter(event_digest::group(&self.name)).group(&self.name)
        };
        Ok(panel.enter(event_digest::group_row(place, &row)).update_group(place, &row).name())
    }

    fn __repr__(&self) -> String {
        format!("MonitorGroup('{}')", self.name)
    }
}

fn real(name: &str, object: Option<&Bound<'_, PyAny>>) -> Result<Option<f64>, BindingError> {
    object.map(|object| number::real(name, object)).transpose()
}

fn whole(name: &str, object: Option<&Bound<'_, PyAny>>) -> Result<Option<i64>, BindingError> {
    let Some(object) = object else { return Ok(None) };
    let value = number::integer(name, object)?;
    i64::try_from(value).map(Some).map_err(|_| value_error(format!("{name} must fit 64 bits, got {value}")))
}

fn common_length(names: &[&str], columns: &[Option<&[f64]>]) -> Result<usize, BindingError> {
    let mut given =
        names.iter().zip(columns).filter_map(|(name, column)| Some((name, column.as_ref()?.len())));
    let Some((first, length)) = given.next() else { return Ok(0) };
    match given.find(|&(_, other)| other != length) {
        Some((name, other)) => Err(value_error(format!(
            "{first} and {name} must have the same length, got {length} and {other}"
        ))),
        None => Ok(length),
    }
}

fn replay(panel: &mut Paged<Panel>, columns: &[Option<&[f64]>], at: usize) -> Vec<Alarm> {
    let value = |column: usize| columns[column].map(|values| values[at]);
    let row = Row {
        loss: value(0),
        grad_norm: value(1),
        step_norm: value(2),
        noise: value(3),
        lr: value(4),
        step: value(5).map(|step| step as i64),
    };
    panel.enter(event_digest::row(&row)).update(&row);
    Alarm::all(panel)
}

fn hex<'py>(py: Python<'py>, monitor: &core::Monitor) -> PyResult<Bound<'py, PyAny>> {
    PyBytes::new(py, &monitor.to_bytes()).call_method0("hex")
}

fn check_header(state: &Bound<'_, PyDict>) -> Result<(), BindingError> {
    let format: Option<String> = field(state, "format")?.extract().ok();
    if format.as_deref() != Some(FORMAT) {
        return Err(value_error(format!("state must have format '{FORMAT}': this is not a monitor's state")));
    }
    match field(state, "version")?.extract::<i64>() {
        Ok(VERSION) => Ok(()),
        Ok(version) => {
            Err(value_error(format!("state has version {version}, this build reads version {VERSION}")))
        }
        Err(_) => Err(damaged("version")),
    }
}

fn monitor(state: &Bound<'_, PyDict>, name: &str) -> Result<core::Monitor, BindingError> {
    let bytes = state.py().get_type::<PyBytes>().call_method1("fromhex", (field(state, name)?,));
    let bytes = bytes.map_err(|_| damaged(name))?;
    let bytes = bytes.cast::<PyBytes>().map_err(|_| damaged(name))?;
    Ok(core::Monitor::from_bytes(bytes.as_bytes())?)
}

pub fn field<'py>(state: &Bound<'py, PyDict>, name: &str) -> Result<Bound<'py, PyAny>, BindingError> {
    state
        .get_item(name)?
        .ok_or_else(|| value_error(format!("state has no entry '{name}': this is not a monitor's state")))
}

pub fn damaged(name: &str) -> BindingError {
    value_error(format!("state is damaged: impossible value in entry '{name}'"))
}

pub fn class_of(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string())
}

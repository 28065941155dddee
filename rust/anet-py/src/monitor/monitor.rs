//! The training monitor, and a group of parameters as a part of it.

use std::sync::{Mutex, MutexGuard};

use anet_core as core;
use anet_core::state::Parameters as _;
use anet_core::{Escalation, FalseAlarmRate, Paged, Row, RunMonitor};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyDict};

use crate::convert::number::{real_or_none, whole_or_none};
use crate::convert::text::text;
use crate::detach::locked_in_pieces;
use crate::error::{BindingError, class_of, type_error, value_error};
use crate::lock::lock;
use crate::monitor::alarm::Alarm;
use crate::monitor::named;
use crate::monitor::reference::Reference;
use crate::monitor::rows::Rows;
use crate::monitor::snapshot::Snapshot;
use crate::monitor::state_dict::{FORMAT, VERSION, check_header, damaged, field, hex, of_hex};
use crate::monitor::summary::RunSummary;
use crate::monitor::tombstones::{Mark, Tombstones};
use crate::monitor::updates::Updates;
use crate::monitor::{annotation, event_digest};
use crate::state::paged;

/// What a row costs, in nanoseconds.
pub(crate) const STEPS_OF_ROW: usize = 500;

#[doc = doc!("Monitor")]
#[pyclass(frozen, module = "anet_lite", subclass, weakref)]
pub struct Monitor {
    monitor: Mutex<Paged<core::Monitor>>,
    /// What the reference was learned on.
    learned_on: String,
    tombstones: Tombstones,
}

#[pymethods]
impl Monitor {
    #[new]
    #[pyo3(signature = (
        false_alarms_per_10k=None, *, escalate=true, reference=None, tombstones=None, signals=None
    ))]
    fn new(
        false_alarms_per_10k: Option<&Bound<'_, PyAny>>,
        escalate: bool,
        reference: Option<&Bound<'_, PyAny>>,
        tombstones: Option<Bound<'_, PyAny>>,
        signals: Option<&Bound<'_, PyAny>>,
    ) -> Result<Self, BindingError> {
        let asked = real_or_none("false_alarms_per_10k", false_alarms_per_10k)?.unwrap_or(1.0);
        let rate = FalseAlarmRate::per_10k(asked)?;
        let escalation = if escalate { Escalation::On } else { Escalation::Off };
        let tombstones = Tombstones::of(tombstones)?;
        let mut run = RunMonitor::new(rate, escalation);
        let mut learned_on = String::new();
        if let Some(object) = reference {
            let reference = object.cast::<Reference>().map_err(|_| {
                type_error(format!("reference must be a Reference, got {}", class_of(object)))
            })?;
            run = run.with_reference(reference.get().inner.clone());
            learned_on.clone_from(&reference.get().learned_on);
        }
        let mut monitor = core::Monitor::new(run);
        signals.map(|signals| named::declare(&mut monitor, signals)).transpose()?;
        Ok(Self { monitor: Mutex::new(Paged::new(monitor)), learned_on, tombstones })
    }

    #[doc = doc!("Monitor.update")]
    #[pyo3(signature = (
        loss=None, grad_norm=None, step_norm=None, noise=None, lr=None, step=None, batch_id=None, **named
    ))]
    #[expect(clippy::too_many_arguments, reason = "one for each signal of a training loop")]
    fn update(
        &self,
        py: Python<'_>,
        loss: Option<&Bound<'_, PyAny>>,
        grad_norm: Option<&Bound<'_, PyAny>>,
        step_norm: Option<&Bound<'_, PyAny>>,
        noise: Option<&Bound<'_, PyAny>>,
        lr: Option<&Bound<'_, PyAny>>,
        step: Option<&Bound<'_, PyAny>>,
        batch_id: Option<Py<PyAny>>,
        named: Option<&Bound<'_, PyDict>>,
    ) -> Result<Snapshot, BindingError> {
        let step = whole_or_none("step", step)?;
        let row = Row { step, ..signals([loss, grad_norm, step_norm, noise, lr])? };
        let given = named::given(named)?;
        let mut monitor = self.lock(py);
        let names = given.iter().map(|(name, _)| name.as_str());
        let indices = named::indices(&mut monitor, names)?;
        let values: Vec<_> = indices.into_iter().zip(given.iter().map(|&(_, value)| value)).collect();
        let status = monitor.enter(event_digest::named_row(&row, &values)).update_named(&row, &values);
        Ok(Snapshot::of(&monitor, &row, status, batch_id))
    }

    #[doc = doc!("Monitor.update_many")]
    #[pyo3(signature = (rows, order=None))]
    fn update_many(
        &self,
        py: Python<'_>,
        rows: &Bound<'_, PyAny>,
        order: Option<&Bound<'_, PyAny>>,
    ) -> Result<Updates, BindingError> {
        let rows = Rows::read(rows)?;
        let rows = rows.plain();
        let count = rows.len();
        let orders = paged::orders(order, ("rows", count))?;
        let mut updates = Updates::with_capacity(count);
        let mut named = Vec::new();
        let cost = |_: &_| STEPS_OF_ROW;
        locked_in_pieces(py, &self.monitor, count, cost, |monitor, piece| {
            let signals = named::indices(monitor, rows.names())?;
            for at in piece {
                let row = rows.row(at);
                let order = orders.as_ref().map(|orders| orders[at]);
                named.clear();
                named.extend(rows.named(at).map(|(column, value)| (signals[column], value)));
                let words = event_digest::named_row(&row, &named);
                let status = monitor.enter_at(order, words).update_named(&row, &named);
                updates.push(status, Alarm::all(monitor));
            }
            Ok(())
        })?;
        Ok(updates)
    }

    #[doc = doc!("Monitor.last_order")]
    #[getter]
    fn last_order(&self, py: Python<'_>) -> Option<i64> {
        self.lock(py).event_digest().last_order
    }

    #[doc = doc!("Monitor.manifest")]
    fn manifest<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        paged::manifest(py, &mut self.lock(py))
    }

    #[doc = doc!("Monitor.changed_pages")]
    #[pyo3(signature = (page_bytes=None), text_signature = "($self, page_bytes=65536)")]
    fn changed_pages<'py>(
        &self,
        py: Python<'py>,
        page_bytes: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyDict>, BindingError> {
        let size = paged::size(page_bytes)?;
        let pages = self.lock(py).changed_pages(size);
        Ok(paged::by_number(py, pages)?)
    }

    #[doc = doc!("Monitor.restore")]
    fn restore(&self, manifest: &Bound<'_, PyAny>, pages: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let saved = paged::read(manifest, pages)?;
        saved.restore(&mut self.lock(manifest.py()))
    }

    #[doc = doc!("Monitor.note")]
    #[pyo3(signature = (text))]
    fn note(&self, text: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let (py, text) = (text.py(), self::text("text", text)?);
        if text.trim().is_empty() {
            return Err(value_error("text must say what changes, got an empty text".to_owned()));
        }
        self.lock(py).enter(event_digest::note(&text)).note(&text);
        Ok(())
    }

    #[doc = doc!("Monitor.group")]
    fn group(slf: &Bound<'_, Self>, name: &Bound<'_, PyAny>) -> Result<MonitorGroup, BindingError> {
        let name = text("name", name)?;
        let index = group_of(&mut slf.get().lock(slf.py()), &name)?;
        Ok(MonitorGroup { monitor: slf.clone().unbind(), index, name })
    }

    #[doc = doc!("Monitor.drop_group")]
    fn drop_group(&self, name: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let (py, name) = (name.py(), text("name", name)?);
        let mut monitor = self.lock(py);
        if monitor.find_group(&name).is_none() {
            return Err(value_error(format!("name must be a group of this monitor, got '{name}'")));
        }
        monitor.enter(event_digest::dropped_group(&name)).drop_group(&name);
        Ok(())
    }

    #[doc = doc!("Monitor.groups")]
    #[getter]
    fn groups<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let groups: Vec<_> =
            self.lock(py).groups().iter().map(|group| (group.name.clone(), group.monitor.rows())).collect();
        groups.into_py_dict(py)
    }

    #[doc = doc!("Monitor.status")]
    #[getter]
    fn status(&self, py: Python<'_>) -> &'static str {
        self.lock(py).status().name()
    }

    #[doc = doc!("Monitor.rows")]
    #[getter]
    fn rows(&self, py: Python<'_>) -> u64 {
        self.lock(py).run().rows()
    }

    #[doc = doc!("Monitor.false_alarms_per_10k")]
    #[getter]
    fn false_alarms_per_10k(&self, py: Python<'_>) -> f64 {
        self.lock(py).run().rate().asked()
    }

    #[doc = doc!("Monitor.escalate")]
    #[getter]
    fn escalate(&self, py: Python<'_>) -> bool {
        self.lock(py).run().escalation() == Escalation::On
    }

    #[doc = doc!("Monitor.tombstones")]
    #[getter]
    fn tombstones(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.tombstones.log(py)
    }

    #[doc = doc!("Monitor.signals")]
    #[getter]
    fn signals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let directions = named::directions(&self.lock(py));
        directions.into_py_dict(py)
    }

    #[doc = doc!("Monitor.scores")]
    fn scores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let scores = *self.lock(py).run().scores();
        let given = core::Rule::ALL.into_iter().filter_map(|rule| Some((rule.name(), scores.score(rule)?)));
        given.into_py_dict(py)
    }

    #[doc = doc!("Monitor.summary")]
    fn summary(&self, py: Python<'_>) -> RunSummary {
        RunSummary::of(&self.lock(py))
    }

    #[doc = doc!("Monitor.reference")]
    fn reference(&self, learned_on: &Bound<'_, PyAny>) -> Result<Reference, BindingError> {
        let (py, learned_on) = (learned_on.py(), text("learned_on", learned_on)?);
        let reference = self.lock(py).run().reference();
        match reference {
            Some(inner) => Ok(Reference { inner, learned_on }),
            None => Err(value_error("a reference needs at least 8 rows of a run".to_owned())),
        }
    }

    #[doc = doc!("Monitor.state_dict")]
    fn state_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        // A copy, for the log and the garbage collector may look at the monitor meanwhile.
        let monitor = core::Monitor::clone(&self.lock(py));
        let groups = PyDict::new(py);
        for group in monitor.groups() {
            groups.set_item(&group.name, hex(py, &group.monitor)?)?;
        }
        let state = PyDict::new(py);
        state.set_item("format", FORMAT)?;
        state.set_item("version", VERSION)?;
        state.set_item("rows", monitor.run().rows())?;
        state.set_item("monitor", hex(py, monitor.run())?)?;
        state.set_item("groups", groups)?;
        state.set_item("fault", monitor.fault().map(|(opened, last)| vec![opened, last]))?;
        annotation::save(&state, monitor.annotation())?;
        state.set_item("signals", hex(py, monitor.named())?)?;
        state.set_item("tombstones", self.tombstones.mark(py)?)?;
        Ok(state)
    }

    #[doc = doc!("Monitor.load_state_dict")]
    fn load_state_dict(&self, state: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        let state = state
            .cast::<PyDict>()
            .map_err(|_| type_error(format!("state must be a dict, got {}", class_of(state))))?;
        check_header(state)?;
        let mut loaded = core::Monitor::new(of_hex(state, "monitor")?);
        let groups = field(state, "groups")?;
        let groups = groups.cast::<PyDict>().map_err(|_| damaged("groups"))?;
        for (name, _) in groups {
            let name: String = name.extract().map_err(|_| damaged("groups"))?;
            let group = of_hex(groups, &name)?;
            loaded.add_group(name, group).map_err(|_| damaged("groups"))?;
        }
        let fault: Option<(u64, u64)> = field(state, "fault")?
            .extract::<Option<Vec<u64>>>()
            .map_err(|_| damaged("fault"))?
            .and_then(|rows| Some((*rows.first()?, *rows.get(1)?)));
        loaded.set_fault(fault);
        loaded.set_annotation(annotation::saved(state)?);
        loaded.set_named(of_hex(state, "signals")?);
        let mark = Mark::saved(state)?;
        // Before anything is taken: where warnings are errors, the monitor stays as it is.
        self.tombstones.compare(state.py(), mark.as_ref())?;
        self.tombstones.load(state.py(), mark);
        let mut own = self.lock(state.py());
        loaded = loaded.settled(&own);
        *own = Paged::new(loaded);
        Ok(())
    }

    fn __getstate__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.state_dict(py)
    }

    fn __setstate__(&self, state: &Bound<'_, PyAny>) -> Result<(), BindingError> {
        self.load_state_dict(state)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((f64,), Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("escalate", self.escalate(py))?;
        options.set_item("signals", self.signals(py)?)?;
        let known = self.lock(py).run().known().cloned();
        if let Some(inner) = known {
            options.set_item("reference", Reference { inner, learned_on: self.learned_on.clone() })?;
        }
        Ok(((self.false_alarms_per_10k(py),), options))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let monitor = self.lock(py);
        let rate = monitor.run().rate().asked();
        format!(
            "Monitor(false_alarms_per_10k={rate}, rows={}, status='{}')",
            monitor.run().rows(),
            monitor.status().name()
        )
    }
}

impl Monitor {
    pub(crate) fn lock<'a>(&'a self, py: Python<'_>) -> MutexGuard<'a, Paged<core::Monitor>> {
        lock(py, &self.monitor)
    }

    pub(crate) fn mutex(&self) -> &Mutex<Paged<core::Monitor>> {
        &self.monitor
    }
}

#[doc = doc!("MonitorGroup")]
#[pyclass(frozen, module = "anet_lite")]
pub struct MonitorGroup {
    monitor: Py<Monitor>,
    index: usize,
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
        py: Python<'_>,
        loss: Option<&Bound<'_, PyAny>>,
        grad_norm: Option<&Bound<'_, PyAny>>,
        step_norm: Option<&Bound<'_, PyAny>>,
        noise: Option<&Bound<'_, PyAny>>,
        lr: Option<&Bound<'_, PyAny>>,
    ) -> Result<&'static str, BindingError> {
        let row = signals([loss, grad_norm, step_norm, noise, lr])?;
        let mut monitor = self.monitor.get().lock(py);
        // A state loaded since may have brought other groups, and this one may have been dropped.
        let index = if monitor.groups().get(self.index).is_some_and(|group| group.name == self.name) {
            self.index
        } else {
            group_of(&mut monitor, &self.name)?
        };
        Ok(monitor.enter(event_digest::group_row(index, &row)).update_group(index, &row).name())
    }

    fn __repr__(&self) -> String {
        format!("MonitorGroup('{}')", self.name)
    }
}

/// The index of a group, made on first mention. A monitor with too many refuses it before anything is entered.
fn group_of(monitor: &mut Paged<core::Monitor>, name: &str) -> Result<usize, BindingError> {
    monitor.room_for_group(name)?;
    Ok(monitor.enter(event_digest::group(name)).group(name)?)
}

/// A row of the five signals, without a step.
fn signals(given: [Option<&Bound<'_, PyAny>>; 5]) -> Result<Row, BindingError> {
    let [loss, grad_norm, step_norm, noise, lr] = given;
    Ok(Row {
        loss: real_or_none("loss", loss)?,
        grad_norm: real_or_none("grad_norm", grad_norm)?,
        step_norm: real_or_none("step_norm", step_norm)?,
        noise: real_or_none("noise", noise)?,
        lr: real_or_none("lr", lr)?,
        step: None,
    })
}

//! The byte form of a monitor: the whole run, the fault of groups alone, what was announced, each group with the alarms that
//! wait for a row, and the named signals.

use crate::error::{Result, StateError};
use crate::state::{Fields, Kind, Parameters, Reader, State, Writer};

use super::alarm::RuleAlarm;
use super::annotation::Annotation;
use super::input::Signal;
use super::monitor::Monitor;
use super::named::NamedSignals;
use super::rules::{Escalation, Rule};
use super::run_monitor::RunMonitor;

/// Bytes that a saved group takes at least: its name's length, and more for its monitor.
const SMALLEST_GROUP: usize = 64;
/// Bytes that a saved alarm takes at least.
const SMALLEST_ALARM: usize = 64;

/// What decides the scores: the rate, the escalation, and the reference, which no saved state holds.
impl Parameters for Monitor {
    const UNSAVED: &'static str = "reference";

    fn parameters(&self, out: &mut Writer) {
        out.f64(self.run().rate().asked());
        out.u8((self.run().escalation() == Escalation::On).into());
        out.bytes(&self.run().known().map(State::to_bytes).unwrap_or_default());
    }

    fn named_parameters(&self) -> Vec<(&'static str, String)> {
        let escalates = self.run().escalation() == Escalation::On;
        vec![("false_alarm_rate", self.run().rate().asked().to_string()), ("escalate", escalates.to_string())]
    }

    fn settled(mut self, like: &Self) -> Self {
        self.configure(like.run());
        self.declare_like(like.named());
        self
    }
}

impl State for Monitor {
    const KIND: Kind = Kind::Monitor;

    fn write(&self, out: &mut Writer) {
        self.run().write(out);
        let fault = self.fault();
        out.u8(fault.is_some().into());
        let (opened, last) = fault.unwrap_or_default();
        out.u64(opened);
        out.u64(last);
        write_annotation(self.annotation(), out);
        out.count(self.groups().len());
        for group in self.groups() {
            out.page_break();
            out.bytes(group.name.as_bytes());
            group.monitor.write(out);
            out.count(group.new_alarms().len());
            group.new_alarms().iter().for_each(|alarm| write_alarm(alarm, out));
        }
        out.page_break();
        self.named().save(out);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut monitor = Self::new(RunMonitor::read(from)?);
        let fault = (from.u8()?, (from.u64()?, from.u64()?));
        monitor.set_fault((fault.0 == 1).then_some(fault.1));
        monitor.set_annotation(read_annotation(from)?);
        for _ in 0..from.count(SMALLEST_GROUP)? {
            let name = read_text("group", from)?;
            let index = monitor.add_group(name, RunMonitor::read(from)?);
            let index = index.or(Err(StateError::Field { name: "groups" }))?;
            let alarms = (0..from.count(SMALLEST_ALARM)?).map(|_| read_alarm(from));
            monitor.set_new_alarms(index, alarms.collect::<Result<_>>()?);
        }
        let mut named = NamedSignals::default();
        named.load(from)?;
        monitor.set_named(named);
        Ok(monitor)
    }
}

fn write_annotation(annotation: &Annotation, out: &mut Writer) {
    let (text, row) = annotation.current.as_ref().map_or(("", 0), |(text, row)| (&**text, *row));
    out.bytes(text.as_bytes());
    out.u64(row);
    out.bytes(annotation.pending.as_deref().unwrap_or_default().as_bytes());
}

/// No text that was announced is empty: an empty one means none.
fn read_annotation(from: &mut Reader<'_>) -> Result<Annotation> {
    let given = |text: String| (!text.is_empty()).then(|| text.into());
    let text = given(read_text("note", from)?);
    let row = from.u64()?;
    Ok(Annotation { current: text.map(|text| (text, row)), pending: given(read_text("note", from)?) })
}

fn read_text(name: &'static str, from: &mut Reader<'_>) -> Result<String> {
    let text = str::from_utf8(from.bytes()?).map_err(|_| StateError::Field { name })?;
    Ok(text.to_owned())
}

fn write_alarm(alarm: &RuleAlarm, out: &mut Writer) {
    out.u8(alarm.rule as u8);
    out.u8(alarm.signal as u8);
    out.i64(alarm.step);
    [alarm.row, alarm.incident, alarm.since, alarm.length].into_iter().for_each(|count| out.u64(count));
    [alarm.value, alarm.strength].into_iter().for_each(|value| out.f64(value));
    [alarm.expected, alarm.spread, alarm.per_10k].save(out);
}

fn read_alarm(from: &mut Reader<'_>) -> Result<RuleAlarm> {
    let unknown = StateError::Field { name: "alarm" };
    let rule = Rule::ALL.get(usize::from(from.u8()?)).copied().ok_or(unknown.clone())?;
    let signal = Signal::ALL.get(usize::from(from.u8()?)).copied().ok_or(unknown)?;
    let step = from.i64()?;
    let (row, incident, since, length) = (from.u64()?, from.u64()?, from.u64()?, from.u64()?);
    let (value, strength) = (from.f64()?, from.f64()?);
    let mut optional = [None; 3];
    optional.load(from)?;
    let [expected, spread, per_10k] = optional;
    Ok(RuleAlarm {
        rule,
        signal,
        row,
        step,
        value,
        expected,
        spread,
        strength,
        per_10k,
        incident,
        since,
        length,
    })
}

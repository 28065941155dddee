//! The byte form of a panel: the whole, the fault of groups alone, what was announced, and each group with the alarms
//! that wait for a row.

use crate::error::{Result, StateError};
use crate::state::codec::{Kind, Reader, State, Writer};
use crate::state::{Fields, Parameters};

use crate::monitor::alarm::alarm::Alarm;
use crate::monitor::alarm::incident::Memory;
use crate::monitor::alarm::score_table::Score;
use crate::monitor::annotation::Notes;
use crate::monitor::input::signal::Signal;
use crate::monitor::monitor::Panel;
use crate::monitor::run_monitor::Monitor;

/// Bytes that a saved group takes at least: its name's length, and more for its monitor.
const SMALLEST_GROUP: usize = 64;
/// Bytes that a saved alarm takes at least.
const SMALLEST_ALARM: usize = 64;

/// What decides the scores: the rate, the memory, and the reference, which no saved state holds.
impl Parameters for Panel {
    fn parameters(&self, out: &mut Writer) {
        out.f64(self.whole().rate().asked());
        out.u8((self.whole().memory() == Memory::Kept).into());
        out.bytes(&self.whole().known().map(State::to_bytes).unwrap_or_default());
    }

    fn settled(mut self, like: &Self) -> Self {
        self.configure(like.whole());
        self
    }
}

impl State for Panel {
    const KIND: Kind = Kind::MonitorPanel;

    fn write(&self, out: &mut Writer) {
        self.whole().write(out);
        let fault = self.fault();
        out.u8(fault.is_some().into());
        let (opened, last) = fault.unwrap_or_default();
        out.u64(opened);
        out.u64(last);
        write_notes(self.notes(), out);
        out.count(self.groups().len());
        for group in self.groups() {
            out.page_break();
            out.bytes(group.name.as_bytes());
            group.monitor.write(out);
            out.count(group.news().len());
            group.news().iter().for_each(|alarm| write_alarm(alarm, out));
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self> {
        let mut panel = Self::new(Monitor::read(from)?);
        let fault = (from.u8()?, (from.u64()?, from.u64()?));
        panel.set_fault((fault.0 == 1).then_some(fault.1));
        panel.set_notes(read_notes(from)?);
        for _ in 0..from.count(SMALLEST_GROUP)? {
            let name = read_text("group", from)?;
            panel.restore(name, Monitor::read(from)?);
            let news = (0..from.count(SMALLEST_ALARM)?).map(|_| read_alarm(from));
            panel.set_news(news.collect::<Result<_>>()?);
        }
        Ok(panel)
    }
}

fn write_notes(notes: &Notes, out: &mut Writer) {
    let (text, row) = notes.current.as_ref().map_or(("", 0), |(text, row)| (&**text, *row));
    out.bytes(text.as_bytes());
    out.u64(row);
    out.bytes(notes.pending.as_deref().unwrap_or_default().as_bytes());
}

/// No text that was announced is empty: an empty one means none.
fn read_notes(from: &mut Reader<'_>) -> Result<Notes> {
    let given = |text: String| (!text.is_empty()).then(|| text.into());
    let text = given(read_text("note", from)?);
    let row = from.u64()?;
    Ok(Notes { current: text.map(|text| (text, row)), pending: given(read_text("note", from)?) })
}

fn read_text(name: &'static str, from: &mut Reader<'_>) -> Result<String> {
    let text = str::from_utf8(from.bytes()?).map_err(|_| StateError::Field { name })?;
    Ok(text.to_owned())
}

fn write_alarm(alarm: &Alarm, out: &mut Writer) {
    out.u8(alarm.score as u8);
    out.u8(alarm.signal as u8);
    out.i64(alarm.step);
    [alarm.row, alarm.incident, alarm.since, alarm.length].into_iter().for_each(|count| out.u64(count));
    [alarm.value, alarm.strength].into_iter().for_each(|value| out.f64(value));
    [alarm.expected, alarm.spread, alarm.per_10k].save(out);
}

fn read_alarm(from: &mut Reader<'_>) -> Result<Alarm> {
    let unknown = StateError::Field { name: "alarm" };
    let score = Score::ALL.get(usize::from(from.u8()?)).copied().ok_or(unknown.clone())?;
    let signal = Signal::ALL.get(usize::from(from.u8()?)).copied().ok_or(unknown)?;
    let step = from.i64()?;
    let (row, incident, since, length) = (from.u64()?, from.u64()?, from.u64()?, from.u64()?);
    let (value, strength) = (from.f64()?, from.f64()?);
    let mut optional = [None; 3];
    optional.load(from)?;
    let [expected, spread, per_10k] = optional;
    Ok(Alarm {
        score,
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

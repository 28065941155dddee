//! The columns of a record.

use crate::metric::AnetSnapshot;
use crate::monitor::Signal;

use crate::runlog::cell::{Cell, ColumnKind};
use crate::runlog::records::Form;
use crate::runlog::writer::LineWriter;

/// The columns that every record begins with, in order. Those that the user adds follow, then [`crate::runlog::NONFINITE`].
pub const COLUMNS: [(&str, ColumnKind); 20] = [
    ("time", ColumnKind::Number),
    ("step", ColumnKind::Integer),
    ("row", ColumnKind::Integer),
    ("status", ColumnKind::Text),
    ("loss", ColumnKind::Number),
    ("grad_norm", ColumnKind::Number),
    ("step_norm", ColumnKind::Number),
    ("noise", ColumnKind::Number),
    ("lr", ColumnKind::Number),
    ("theta", ColumnKind::Number),
    ("sdot", ColumnKind::Number),
    ("proc", ColumnKind::Number),
    ("f_total", ColumnKind::Number),
    ("zscore", ColumnKind::Number),
    ("precursor", ColumnKind::Flag),
    ("alarms", ColumnKind::Text),
    ("incident", ColumnKind::Integer),
    ("explanation", ColumnKind::Text),
    ("segment", ColumnKind::Text),
    ("note", ColumnKind::Text),
];

/// The metrics among them, in order.
pub const METRICS: [&str; 6] = ["theta", "sdot", "proc", "f_total", "zscore", "precursor"];

/// One record, without what the user adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<'a> {
    /// Seconds since 1970, UTC.
    pub time: f64,
    /// The caller's step.
    pub step: i64,
    /// Rows of the monitor before this one.
    pub row: i64,
    /// The monitor's status.
    pub status: &'a str,
    /// The signals, in the order of [`Signal::ALL`].
    pub signals: [Option<f64>; Signal::ALL.len()],
    /// The six metrics.
    pub metrics: AnetSnapshot,
    /// Names of the rules that fire, with `;` between them.
    pub alarms: &'a str,
    /// The row in which their incident opened; -1 where nothing fires.
    pub incident: i64,
    /// The alarms in words.
    pub explanation: &'a str,
    /// Why this row opened a segment.
    pub segment: &'a str,
    /// What is to be known of the records themselves.
    pub note: &'a str,
}

impl Record<'_> {
    /// The record as a line, with the user's cells.
    pub fn line<'a>(&self, form: Form, extra: impl IntoIterator<Item = (&'a str, Cell<'a>)>) -> Vec<u8> {
        let mut line = LineWriter::new(form);
        for ((name, _), cell) in COLUMNS.into_iter().zip(self.cells()) {
            line.push(name, cell);
        }
        for (name, cell) in extra {
            line.push(name, cell);
        }
        line.finish()
    }

    fn cells(&self) -> [Cell<'_>; COLUMNS.len()] {
        let [loss, grad_norm, step_norm, noise, lr] = self.signals.map(Cell::Number);
        let metric = |value| Cell::Number(Some(value));
        [
            Cell::Number(Some(self.time)),
            Cell::Integer(self.step),
            Cell::Integer(self.row),
            Cell::Text(self.status),
            loss,
            grad_norm,
            step_norm,
            noise,
            lr,
            metric(self.metrics.theta),
            metric(self.metrics.s_dot),
            metric(self.metrics.processivity),
            metric(self.metrics.f_total),
            metric(self.metrics.zscore),
            Cell::Flag(Some(self.metrics.precursor)),
            Cell::Text(self.alarms),
            Cell::Integer(self.incident),
            Cell::Text(self.explanation),
            Cell::Text(self.segment),
            Cell::Text(self.note),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(loss: f64, text: &str) -> Record<'_> {
        let metrics = AnetSnapshot {
            theta: 0.5,
            s_dot: 1e16,
            processivity: 1e-7,
            f_total: -0.0,
            precursor: false,
            zscore: f64::INFINITY,
        };
        let signals = [Some(loss), None, Some(2.0), None, Some(5e-324)];
        Record {
            time: 1.5,
            step: 7,
            row: 6,
            status: "healthy",
            signals,
            metrics,
            alarms: "",
            incident: -1,
            explanation: text,
            segment: "",
            note: "",
        }
    }

    #[test]
    fn a_line_of_json_has_every_key_and_a_point_in_every_float() {
        let line =
            record(f64::NAN, "a \"b\"\n\\\u{1}").line(Form::JsonLines, [("epoch", Cell::Number(Some(3.0)))]);
        let text = std::str::from_utf8(&line).unwrap();
        assert_eq!(
            text,
            "{\"time\":1.5,\"step\":7,\"row\":6,\"status\":\"healthy\",\"loss\":null,\"grad_norm\":null,\"step_norm\":2.0,\
             \"noise\":null,\"lr\":5.0e-324,\"theta\":0.5,\"sdot\":1.0e16,\"proc\":1.0e-7,\"f_total\":-0.0,\"zscore\":null,\
             \"precursor\":false,\"alarms\":\"\",\"incident\":-1,\"explanation\":\"a \\\"b\\\"\\n\\\\\\u0001\",\"segment\":\"\",\
             \"note\":\"\",\"epoch\":3.0,\"nonfinite\":\"loss=NaN;zscore=Infinity\"}\n"
        );
        assert!(serde_json::from_slice::<serde_json::Value>(&line).is_ok());
    }

    #[test]
    fn a_text_that_is_a_formula_for_a_spreadsheet_is_none_in_csv() {
        let cell = |text| {
            let line = record(1.0, text).line(Form::Csv(b','), []);
            let from = String::from_utf8(line).unwrap();
            from.split_once(",-1,").unwrap().1.split_once(",,,").unwrap().0.to_owned()
        };
        let told = ["=1+1", "@a", "-cmd", "+x", "-1.5", "+2e3", "a=1", "=a,b"].map(cell);
        assert_eq!(told, ["'=1+1", "'@a", "'-cmd", "'+x", "-1.5", "+2e3", "a=1", "\"'=a,b\""]);
    }

    #[test]
    fn a_line_of_csv_has_as_many_fields_as_the_header() {
        let names = COLUMNS.iter().map(|column| column.0).chain(["epoch"]);
        let header = LineWriter::header(b',', names);
        let line = record(f64::NEG_INFINITY, "one, \"two\"\nthree")
            .line(Form::Csv(b','), [("epoch", Cell::Flag(None))]);
        assert_eq!(
            std::str::from_utf8(&line).unwrap(),
            "1.5,7,6,healthy,-inf,,2.0,,5.0e-324,0.5,1.0e16,1.0e-7,-0.0,inf,false,,-1,\"one, \"\"two\"\" three\",,,,\
             loss=-Infinity;zscore=Infinity\n"
        );
        assert_eq!(header.iter().filter(|&&byte| byte == b',').count(), COLUMNS.len() + 1);
    }
}

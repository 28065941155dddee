//! A column of times, read in order.

use crate::table::time::civil::{DAY, days};
use crate::table::time::scan::{Moment, scan};
use crate::table::time::style::{TimeStyle, TimeZone};

/// Reads the times of a column one after another.
///
/// A time of day without a date goes on with the next day where it falls by more than half a day, and a date without a
/// year with the next year where it falls by more than half a year. The first day is 1970-01-01, and the first year 1970.
#[derive(Debug)]
pub struct TimeColumn {
    style: TimeStyle,
    seconds: Vec<f64>,
    zone: Option<TimeZone>,
    /// The last time, where its day or its year is not written.
    last: Option<f64>,
    day: i64,
    year: i64,
}

impl TimeColumn {
    /// An empty column.
    pub fn new(style: TimeStyle) -> Self {
        Self { style, seconds: Vec::new(), zone: None, last: None, day: 0, year: 1970 }
    }

    /// The time of a cell, in seconds since 1970 UTC; `None` where it has none.
    pub fn read(&mut self, text: &[u8]) -> Option<f64> {
        match self.style {
            TimeStyle::Number { scale, origin } => number(text, scale, origin),
            TimeStyle::Text(order) => match iso(text) {
                Some(seconds) => {
                    self.note(TimeZone::Unwritten);
                    Some(seconds)
                }
                None => self.written(scan(text, order)?),
            },
        }
    }

    /// The zone in which the column is written.
    pub fn zone(&self) -> TimeZone {
        self.zone.unwrap_or_default()
    }

    pub(crate) fn push(&mut self, seconds: f64) {
        self.seconds.push(seconds);
    }

    pub(crate) fn take(&mut self) -> Vec<f64> {
        std::mem::take(&mut self.seconds)
    }

    fn note(&mut self, zone: TimeZone) {
        if *self.zone.get_or_insert(zone) != zone {
            self.zone = Some(TimeZone::Several);
        }
    }

    fn written(&mut self, moment: Moment) -> Option<f64> {
        self.note(moment.offset.map_or(TimeZone::Unwritten, TimeZone::Ahead));
        let clock = moment.clock.unwrap_or(0.0) - f64::from(moment.offset.unwrap_or(0));
        let seconds = match moment.date {
            Some((Some(year), month, day)) => return Some(days(year, month, day)? as f64 * DAY + clock),
            Some((None, month, day)) => self.of_a_year(month, day, clock)?,
            None => self.of_a_day(clock),
        };
        self.last = Some(seconds);
        Some(seconds)
    }

    fn of_a_day(&mut self, clock: f64) -> f64 {
        let seconds = self.day as f64 * DAY + clock;
        let is_next = self.last.is_some_and(|last| seconds < last - DAY / 2.0);
        self.day += i64::from(is_next);
        if is_next { seconds + DAY } else { seconds }
    }

    fn of_a_year(&mut self, month: u32, day: u32, clock: f64) -> Option<f64> {
        let seconds = days(self.year, month, day)? as f64 * DAY + clock;
        let is_next = self.last.is_some_and(|last| seconds < last - 183.0 * DAY);
        self.year += i64::from(is_next);
        if is_next { Some(days(self.year, month, day)? as f64 * DAY + clock) } else { Some(seconds) }
    }
}

fn number(text: &[u8], scale: f64, origin: f64) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let value: f64 = match text.parse() {
        Ok(value) => value,
        Err(_) => text.replacen(',', ".", 1).parse().ok()?,
    };
    let seconds = if scale < 1.0 { value / (1.0 / scale).round() } else { value * scale };
    value.is_finite().then_some(seconds + origin)
}

/// `2024-01-02 13:04:05`, nothing else: what most files hold, read at once.
fn iso(text: &[u8]) -> Option<f64> {
    let at = |index: usize| text[index].wrapping_sub(b'0');
    let two = |index: usize| {
        let (tens, ones) = (at(index), at(index + 1));
        (tens < 10 && ones < 10).then(|| u32::from(tens * 10 + ones))
    };
    let is_written = text.len() == 19
        && (text[4], text[7], text[13], text[16]) == (b'-', b'-', b':', b':')
        && matches!(text[10], b' ' | b'T');
    if !is_written {
        return None;
    }
    let year = i64::from(two(0)? * 100 + two(2)?);
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(days(year, two(5)?, two(8)?)? as f64 * DAY + f64::from(hour * 3600 + minute * 60 + second))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::time::scan::Order;

    fn read(style: &str, cells: &[&str]) -> Vec<Option<f64>> {
        let mut column = TimeColumn::new(style.parse().unwrap());
        cells.iter().map(|cell| column.read(cell.as_bytes())).collect()
    }

    #[test]
    fn numbers_are_seconds_days_and_parts() {
        assert_eq!(read("ms", &["1700000000123", "x"]), [Some(1_700_000_000.123), None]);
        assert_eq!(read("s", &["1700000000,5"]), [Some(1_700_000_000.5)]);
        assert_eq!(read("excel", &["25569.5"]), [Some(43_200.0)]);
        assert_eq!(read("matlab", &["719529"]), [Some(0.0)]);
    }

    #[test]
    fn midnight_and_new_year_go_on() {
        assert_eq!(read("day first", &["23:59:59", "00:00:01"]), [Some(86_399.0), Some(86_401.0)]);
        let found = read("day first", &["Dec 31 23:59:59", "Jan  1 00:00:00"]);
        assert_eq!(found[1].unwrap() - found[0].unwrap(), 1.0);
    }

    #[test]
    fn zones_count_and_are_remembered() {
        let mut column = TimeColumn::new(TimeStyle::Text(Order::DayFirst));
        assert_eq!(column.read(b"1970-01-01T09:00:00+09:00"), Some(0.0));
        assert_eq!(column.zone(), TimeZone::Ahead(32_400));
        column.read(b"1970-01-01T09:00:00.5");
        assert_eq!(column.zone(), TimeZone::Several);
    }
}

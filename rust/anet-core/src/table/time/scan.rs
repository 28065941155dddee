//! The parts of a written time: a date, a time of day, a zone, in any usual order.

use crate::table::time::civil;

/// Which of two numbers of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 31/12/2024.
    DayFirst,
    /// 12/31/2024.
    MonthFirst,
}

/// What is written of a time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moment {
    /// Year, month, day; the year is none where only a month and a day are written.
    pub date: Option<(Option<i64>, u32, u32)>,
    /// Seconds since midnight.
    pub clock: Option<f64>,
    /// Seconds that the zone is ahead of UTC.
    pub offset: Option<i32>,
}

/// Reads a time; `None` where the text is none.
///
/// ```
/// use anet_core::table::time::{Order, scan};
/// let moment = scan(b"10/Oct/2000:13:55:36 -0700", Order::DayFirst).unwrap();
/// assert_eq!(moment.date, Some((Some(2000), 10, 10)));
/// assert_eq!((moment.clock, moment.offset), (Some(50_136.0), Some(-25_200)));
/// assert_eq!(scan(b"12.5", Order::DayFirst), None);
/// ```
pub fn scan(text: &[u8], order: Order) -> Option<Moment> {
    let text = std::str::from_utf8(text).ok()?.trim();
    if text.len() > 64 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = Parts {
        text,
        at: 0,
        numbers: [(0, 0); 4],
        count: 0,
        month: None,
        clock: None,
        afternoon: None,
        offset: None,
        separator: 0,
    };
    while parts.at < text.len() {
        parts.next()?;
    }
    parts.moment(order)
}

struct Parts<'a> {
    text: &'a str,
    at: usize,
    /// Numbers of the date and their digits.
    numbers: [(i64, usize); 4],
    count: usize,
    month: Option<u32>,
    clock: Option<f64>,
    afternoon: Option<bool>,
    offset: Option<i32>,
    /// The last separator of the date.
    separator: u8,
}

impl Parts<'_> {
    fn next(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        match first {
            '0'..='9' => self.number(),
            '+' | '-' if self.clock.is_some() && self.offset.is_none() => self.zone(),
            'A'..='Z' | 'a'..='z' => self.word(),
            ' ' | ',' | '/' | '-' | '.' | '_' | '[' | ']' | '(' | ')' | ':' => {
                if self.clock.is_none() && matches!(first, '/' | '-' | '.') {
                    self.separator = first as u8;
                }
                self.at += 1;
                Some(())
            }
            _ => self.sign(first),
        }
    }

    fn digits(&self, at: usize) -> (i64, usize) {
        let count = self.text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        (self.text[at..at + count.min(18)].parse().unwrap_or(0), count)
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn number(&mut self) -> Option<()> {
        let (value, count) = self.digits(self.at);
        let end = self.at + count;
        let is_clock = count <= 2 && self.byte(end) == b':' && self.byte(end + 1).is_ascii_digit();
        if is_clock && self.clock.is_none() && value <= 24 {
            return self.time_of_day(value, end);
        }
        let behind_t = self.at > 0 && matches!(self.byte(self.at - 1), b'T' | b't' | b' ' | b'_' | b'-');
        if self.clock.is_none()
            && behind_t
            && self.count == 1
            && self.numbers[0].1 == 8
            && matches!(count, 4 | 6)
        {
            let second = if count == 6 { value } else { value * 100 };
            self.at = end;
            return self.set_clock(second / 10_000, second / 100 % 100, (second % 100) as f64);
        }
        // An hour before AM, as in `1/2/2024 5 PM`, is none of a date.
        let (slot, others) = (self.numbers.get_mut(self.count)?, self.count);
        *slot = (value, count);
        self.count = others + 1;
        self.at = end;
        Some(())
    }

    /// `13:55`, `13:55:36`, `13:55:36.25`, `13:55:36,250`.
    fn time_of_day(&mut self, hour: i64, colon: usize) -> Option<()> {
        let (minute, count) = self.digits(colon + 1);
        self.at = colon + 1 + count;
        let mut second = 0.0;
        if self.byte(self.at) == b':' && self.byte(self.at + 1).is_ascii_digit() {
            let (whole, count) = self.digits(self.at + 1);
            self.at += 1 + count;
            second = whole as f64 + self.fraction();
        }
        self.set_clock(hour, minute, second)
    }

    fn fraction(&mut self) -> f64 {
        let follows = matches!(self.byte(self.at), b'.' | b',') && self.byte(self.at + 1).is_ascii_digit();
        if !follows {
            return 0.0;
        }
        let (value, count) = self.digits(self.at + 1);
        self.at += 1 + count;
        value as f64 / 10f64.powi(count.min(18) as i32)
    }

    fn set_clock(&mut self, hour: i64, minute: i64, second: f64) -> Option<()> {
        // 24:00 ends a day, and a leap second is one more.
        let fits = hour <= 24 && minute < 60 && second < 61.0;
        self.clock = Some((hour * 3600 + minute * 60) as f64 + second);
        fits.then_some(())
    }

    /// `+09:00`, `-0700`, `+02`.
    fn zone(&mut self) -> Option<()> {
        let ahead = if self.byte(self.at) == b'-' { -1 } else { 1 };
        let (value, count) = self.digits(self.at + 1);
        self.at += 1 + count;
        let (hour, mut minute) = match count {
            2 => (value, 0),
            4 => (value / 100, value % 100),
            _ => return None,
        };
        if count == 2 && self.byte(self.at) == b':' && self.byte(self.at + 1).is_ascii_digit() {
            let (value, count) = self.digits(self.at + 1);
            minute = value;
            self.at += 1 + count;
        }
        self.offset = Some(ahead * (hour * 3600 + minute * 60) as i32);
        (hour <= 15 && minute < 60).then_some(())
    }

    fn word(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = rest[..length].to_ascii_lowercase();
        self.at += length;
        if let Some(month) = month(&word) {
            self.month = Some(month);
        } else if let Some(offset) = zone_of(&word) {
            // What follows counts from it: `UTC+9` is written, but rarely.
            self.offset.get_or_insert(offset);
        } else if matches!(&*word, "am" | "pm") {
            self.afternoon = Some(word == "pm");
        } else if !(matches!(&*word, "t" | "at" | "st" | "nd" | "rd" | "th") || is_weekday(&word)) {
            return None;
        }
        Some(())
    }

    /// The signs between the parts of a date in Japanese, and its halves of a day.
    fn sign(&mut self, first: char) -> Option<()> {
        let rest = &self.text[self.at..];
        for (half, afternoon) in [("午前", false), ("午後", true)] {
            if rest.starts_with(half) {
                self.afternoon = Some(afternoon);
                self.at += half.len();
                return Some(());
            }
        }
        self.at += first.len_utf8();
        match first {
            '年' | '月' | '日' => self.separator = b'-',
            '時' => {
                let (hour, _) = self.pop()?;
                self.clock = Some((hour * 3600) as f64);
            }
            '分' => {
                let (minute, _) = self.pop()?;
                *self.clock.as_mut()? += (minute * 60) as f64;
            }
            '秒' => {
                let (second, _) = self.pop()?;
                *self.clock.as_mut()? += second as f64;
            }
            '\u{a0}' | '\u{202f}' => {}
            _ => return None,
        }
        Some(())
    }

    fn pop(&mut self) -> Option<(i64, usize)> {
        self.count = self.count.checked_sub(1)?;
        Some(self.numbers[self.count])
    }

    fn moment(&self, order: Order) -> Option<Moment> {
        let date = match self.count {
            0 if self.month.is_none() => None,
            _ => Some(self.date(order)?),
        };
        if let Some((year, month, day)) = date {
            civil::days(year.unwrap_or(2000), month, day)?;
        }
        let clock = self.twelve_hours()?;
        (date.is_some() || clock.is_some()).then_some(Moment { date, clock, offset: self.offset })
    }

    /// The time of day, where AM and PM are written too.
    fn twelve_hours(&self) -> Option<Option<f64>> {
        let Some(clock) = self.clock else { return Some(None) };
        match self.afternoon {
            None => Some(Some(clock)),
            Some(_) if clock >= 13.0 * 3600.0 => None,
            Some(afternoon) => {
                let noon = 12.0 * 3600.0;
                Some(Some(clock % noon + if afternoon { noon } else { 0.0 }))
            }
        }
    }

    fn date(&self, order: Order) -> Option<(Option<i64>, u32, u32)> {
        let numbers = &self.numbers[..self.count];
        let small = |value: i64| u32::try_from(value).ok();
        match (self.month, numbers) {
            (Some(month), &[(day, digits)]) if digits <= 2 => Some((None, month, small(day)?)),
            (Some(month), &[(year, 4)]) => Some((Some(year), month, 1)),
            (Some(month), &[(year, 4), (day, _)]) => Some((Some(year), month, small(day)?)),
            (Some(month), &[(day, 1 | 2), year]) => Some((Some(full_year(year)?), month, small(day)?)),
            (None, &[(date, 8)]) => Some((Some(date / 10_000), small(date / 100 % 100)?, small(date % 100)?)),
            (None, &[(year, 4), (month, 1 | 2)]) if matches!(self.separator, b'-' | b'/') => {
                Some((Some(year), small(month)?, 1))
            }
            (None, &[(year, 4), (month, 1 | 2), (day, 1 | 2)]) => {
                Some((Some(year), small(month)?, small(day)?))
            }
            (None, &[(first, 1 | 2), (second, 1 | 2), year]) if self.separator != 0 => {
                let (day, month) = if order == Order::DayFirst { (first, second) } else { (second, first) };
                Some((Some(full_year(year)?), small(month)?, small(day)?))
            }
            _ => None,
        }
    }
}

/// Of two digits, a year from 1970 to 2069.
fn full_year((year, digits): (i64, usize)) -> Option<i64> {
    match digits {
        4 => Some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_name = |name: &str| word == name || word == &name[..3] || (word == "sept" && name == "september");
    MONTHS.iter().position(|name| is_name(name)).map(|at| at as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| word == *day || word == &day[..3] || (word.len() == 4 && day.starts_with(word)))
}

/// Seconds that a named zone is ahead of UTC; only of names that mean one zone.
fn zone_of(word: &str) -> Option<i32> {
    const ZONES: [(&str, i32); 12] = [
        ("z", 0),
        ("utc", 0),
        ("gmt", 0),
        ("jst", 9),
        ("cet", 1),
        ("cest", 2),
        ("est", -5),
        ("edt", -4),
        ("mst", -7),
        ("mdt", -6),
        ("pst", -8),
        ("pdt", -7),
    ];
    ZONES.iter().find(|(name, _)| *name == word).map(|&(_, hours)| hours * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Moment> {
        scan(text.as_bytes(), Order::DayFirst)
    }

    #[test]
    fn one_moment_is_read_however_it_is_written() {
        let wanted =
            Moment { date: Some((Some(2024), 1, 2)), clock: Some(13.0 * 3600.0 + 240.0 + 5.0), offset: None };
        for text in [
            "2024-01-02 13:04:05",
            "2024-01-02T13:04:05",
            "2024/1/2 13:04:05",
            "20240102T130405",
            "20240102 130405",
            "02/01/2024 13:04:05",
            "2.1.2024 13:04:05",
            "02.01.24 13:04:05",
            "Jan 2, 2024 1:04:05 PM",
            "2 January 2024 13:04:05",
            "Tue Jan  2 13:04:05 2024",
            "02-Jan-2024 13:04:05",
            "02-JAN-24 01:04:05 pm",
            "[02/Jan/2024:13:04:05]",
            "2024年1月2日 13時4分5秒",
            "2024年1月2日 13:04:05",
            "2024-01-02 午後1:04:05",
        ] {
            assert_eq!(read(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn zones_are_seconds_ahead() {
        for (text, offset) in [
            ("2024-01-02T13:04:05Z", 0),
            ("2024-01-02 13:04:05.123+09:00", 32_400),
            ("2024-01-02 13:04:05 -0330", -12_600),
            ("Tue, 02 Jan 2024 13:04:05 GMT", 0),
            ("2024-01-02 13:04:05 +0000 UTC", 0),
            ("2024-01-02 13:04:05+02", 7200),
        ] {
            assert_eq!(read(text).and_then(|moment| moment.offset), Some(offset), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "12.5",
            "1",
            "1.2.3",
            "10.0.0.1",
            "2024.5",
            "12345",
            "h1",
            "2024-13-01",
            "30/02/2024",
            "25:00",
            "12:61",
            "iter 10: loss 2",
            "1-2-3",
            "a1b2",
            "1e5",
            "13:00 PM",
            "1.234.567",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn parts_may_be_missing() {
        assert_eq!(read("Jan  2 03:04:05").unwrap().date, Some((None, 1, 2)));
        assert_eq!(read("2024-01").unwrap().date, Some((Some(2024), 1, 1)));
        assert_eq!(read("03:04").unwrap(), Moment { date: None, clock: Some(11_040.0), offset: None });
        assert_eq!(read("12:00:01 AM").unwrap().clock, Some(1.0));
        assert_eq!(read("20240102").unwrap().date, Some((Some(2024), 1, 2)));
    }
}

//! How a column writes its times.

use std::fmt;
use std::str::FromStr;

use crate::table::time::civil::DAY;
use crate::table::time::scan::Order;

/// How a column writes its times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimeStyle {
    /// Numbers: seconds are `value * scale + origin`.
    Number {
        /// Seconds of one.
        scale: f64,
        /// Seconds since 1970 of zero.
        origin: f64,
    },
    /// Words and signs, with the day or the month first where both are numbers.
    Text(Order),
}

const NAMES: [(&str, TimeStyle); 8] = [
    ("s", TimeStyle::Number { scale: 1.0, origin: 0.0 }),
    ("ms", TimeStyle::Number { scale: 1e-3, origin: 0.0 }),
    ("us", TimeStyle::Number { scale: 1e-6, origin: 0.0 }),
    ("ns", TimeStyle::Number { scale: 1e-9, origin: 0.0 }),
    // Days since 1899-12-30, as spreadsheets count, and since the year 0, as MATLAB does.
    ("excel", TimeStyle::Number { scale: DAY, origin: -25_569.0 * DAY }),
    ("matlab", TimeStyle::Number { scale: DAY, origin: -719_529.0 * DAY }),
    ("day first", TimeStyle::Text(Order::DayFirst)),
    ("month first", TimeStyle::Text(Order::MonthFirst)),
];

impl FromStr for TimeStyle {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, style)| style).ok_or(())
    }
}

impl fmt::Display for TimeStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = NAMES.iter().find(|(_, style)| style == self);
        f.write_str(found.map_or("number", |(name, _)| name))
    }
}

/// The zone in which a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeZone {
    /// None is written.
    #[default]
    Unwritten,
    /// Seconds ahead of UTC.
    Ahead(i32),
    /// Some times have one zone, some another.
    Several,
}

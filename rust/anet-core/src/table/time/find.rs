//! Which style the cells of a column are written in.

use crate::table::time::column::TimeColumn;
use crate::table::time::scan::{Moment, Order, scan};
use crate::table::time::style::TimeStyle;

/// A style, and what is to be known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundStyle {
    /// The style.
    pub style: TimeStyle,
    /// The cells fit with the day first as well as with the month first.
    pub ambiguous: bool,
    /// A date is written.
    pub has_date: bool,
    /// A time of day is written.
    pub has_clock: bool,
    /// The year is written, where a date is.
    pub has_year: bool,
    /// The cells are numbers of nowadays, but could be others.
    pub weak: bool,
}

/// The part of the cells that must be times.
const ENOUGH: f64 = 0.9;
/// 2001 to 2100, in seconds.
const NOWADAYS: std::ops::Range<f64> = 9.8e8..4.11e9;

/// Finds the style of cells that are not missing; `None` where they are no times.
///
/// ```
/// use anet_core::table::time::find_style;
/// assert_eq!(find_style(&["1700000000123", "1700000000456"]).unwrap().style.to_string(), "ms");
/// assert_eq!(find_style(&["13/01/2024", "14/01/2024"]).unwrap().style.to_string(), "day first");
/// assert_eq!(find_style(&["1", "2"]), None);
/// ```
pub fn find_style(cells: &[&str]) -> Option<FoundStyle> {
    let values: Vec<f64> =
        cells.iter().filter_map(|cell| cell.trim().replacen(',', ".", 1).parse().ok()).collect();
    if values.len() as f64 >= ENOUGH * cells.len() as f64 && !values.is_empty() {
        return numbers(&values, cells);
    }
    texts(cells)
}

fn numbers(values: &[f64], cells: &[&str]) -> Option<FoundStyle> {
    let found = |style, weak| FoundStyle {
        style,
        ambiguous: false,
        has_date: true,
        has_clock: true,
        has_year: true,
        weak,
    };
    let within = |low: f64, high: f64| values.iter().all(|value| (low..high).contains(value));
    for (name, unit) in [("s", 1.0), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)] {
        if within(NOWADAYS.start * unit, NOWADAYS.end * unit) {
            return Some(found(name.parse().ok()?, true));
        }
    }
    let digits = |count: usize| cells.iter().all(|cell| cell.trim().len() == count);
    if digits(8)
        && cells.iter().all(|cell| scan(cell.as_bytes(), Order::DayFirst).is_some())
        && within(1.9e7, 2.1e7)
    {
        return Some(FoundStyle { has_clock: false, ..found(TimeStyle::Text(Order::DayFirst), true) });
    }
    // A whole column of small numbers is a date by its name alone.
    for (name, low, high) in [("excel", 30_000.0, 60_000.0), ("matlab", 7.2e5, 7.6e5)] {
        if within(low, high) && values.windows(2).all(|pair| pair[0] <= pair[1]) {
            return Some(found(name.parse().ok()?, true));
        }
    }
    None
}

fn texts(cells: &[&str]) -> Option<FoundStyle> {
    let read = |order| cells.iter().filter_map(|cell| scan(cell.as_bytes(), order)).collect::<Vec<Moment>>();
    let (day, month) = (read(Order::DayFirst), read(Order::MonthFirst));
    let most = day.len().max(month.len());
    if most == 0 || (most as f64) < ENOUGH * cells.len() as f64 {
        return None;
    }
    let ambiguous = day.len() == month.len() && day != month;
    let order = if ambiguous {
        likelier(cells)
    } else if month.len() > day.len() {
        Order::MonthFirst
    } else {
        Order::DayFirst
    };
    let moments = if order == Order::DayFirst { day } else { month };
    Some(FoundStyle {
        style: TimeStyle::Text(order),
        ambiguous,
        has_date: moments.iter().any(|moment| moment.date.is_some()),
        has_clock: moments.iter().any(|moment| moment.clock.is_some()),
        has_year: moments.iter().all(|moment| moment.date.is_none_or(|(year, ..)| year.is_some())),
        weak: false,
    })
}

/// The order in which fewer times fall back and the whole is shorter; with dots the day stands first, else the month.
fn likelier(cells: &[&str]) -> Order {
    let [day, month] = [Order::DayFirst, Order::MonthFirst].map(|order| disorder(cells, order));
    match day.partial_cmp(&month) {
        Some(std::cmp::Ordering::Less) => Order::DayFirst,
        Some(std::cmp::Ordering::Greater) => Order::MonthFirst,
        _ if cells.iter().any(|cell| cell.contains('/')) => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

fn disorder(cells: &[&str], order: Order) -> (usize, f64) {
    let mut column = TimeColumn::new(TimeStyle::Text(order));
    let times: Vec<f64> = cells.iter().filter_map(|cell| column.read(cell.as_bytes())).collect();
    let falls = times.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let (first, last) = (times.first().unwrap_or(&0.0), times.last().unwrap_or(&0.0));
    (falls, (last - first).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_date_is_found_by_its_values() {
        let style = |cells: &[&str]| {
            let found = find_style(cells).unwrap();
            (found.style.to_string(), found.ambiguous)
        };
        assert_eq!(style(&["01/02/2024", "02/02/2024", "03/02/2024"]), ("day first".into(), true));
        assert_eq!(style(&["02/01/2024", "02/02/2024", "02/03/2024"]), ("month first".into(), true));
        assert_eq!(style(&["01/12/2024", "01/13/2024"]), ("month first".into(), false));
        assert_eq!(style(&["01.02.2024 00:00", "01.02.2024 00:05"]), ("day first".into(), true));
        assert_eq!(style(&["2024-01-02", "2024-01-03"]), ("day first".into(), false));
    }

    #[test]
    fn an_integer_is_no_time_but_of_nowadays() {
        for cells in [["1", "2"], ["100", "200"], ["5000000000", "6000000000"], ["1.5", "2.5"]] {
            assert_eq!(find_style(&cells), None, "{cells:?}");
        }
        assert_eq!(find_style(&["20240101", "20240102"]).unwrap().style.to_string(), "day first");
        assert_eq!(find_style(&["45292.5", "45292.6"]).unwrap().style.to_string(), "excel");
    }
}

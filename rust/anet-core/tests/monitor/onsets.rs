//! What moved first, by looking back from a row.

use anet_core::Rule;

use super::decision::Fires;

/// The rule whose score rose first, of those that are up in the last of these rows or were in the eight before.
pub(crate) fn first(ratios: &[Fires]) -> Option<Rule> {
    let began = Rule::ALL.into_iter().filter_map(|rule| Some((began(ratios, rule)?, rule)));
    began.min_by_key(|&(row, _)| row).map(|(_, rule)| rule)
}

/// The first row of the rise that is under way: more than half of what the rule must exceed, with rests of up to 8 rows.
fn began(ratios: &[Fires], rule: Rule) -> Option<usize> {
    let is_up = |row: &Fires| row.iter().any(|&(other, ratio)| other == rule && ratio > 0.5);
    let up: Vec<usize> = (0..ratios.len()).filter(|&row| is_up(&ratios[row])).collect();
    let rise = up.chunk_by(|a, b| b - a <= 9).next_back()?;
    (ratios.len() - 1 - rise[rise.len() - 1] <= 8).then_some(rise[0])
}

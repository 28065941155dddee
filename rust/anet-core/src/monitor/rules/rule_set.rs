//! A set of rules.

use super::table::Rule;

/// A set of rules: bit `i` is the `i`-th of [`Rule::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RuleSet(pub(crate) u64);

impl RuleSet {
    /// The rules, in order.
    pub(crate) fn rules(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |&rule| self.contains(rule))
    }

    pub(crate) fn contains(self, rule: Rule) -> bool {
        self.0 & 1 << rule as u64 != 0
    }

    pub(crate) fn insert(&mut self, rule: Rule) {
        self.0 |= 1 << rule as u64;
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

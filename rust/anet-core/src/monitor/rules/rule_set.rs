//! A set of rules.

use crate::error::Result;
use crate::state::{Fields, Reader, Writer};

use super::table::Rule;

/// A set of rules: bit `i` is the `i`-th of [`Rule::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RuleSet(pub(crate) u64);

impl RuleSet {
    /// The rules, in order.
    pub(crate) fn rules(mut self) -> impl Iterator<Item = Rule> {
        std::iter::from_fn(move || {
            let rule = *Rule::ALL.get(self.0.trailing_zeros() as usize)?;
            self.0 &= self.0 - 1;
            Some(rule)
        })
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

impl Fields for RuleSet {
    fn save(&self, out: &mut Writer) {
        out.u64(self.0);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.0.load(from)
    }
}

//! Names for the channels of a detector or for the streams of a pool.

use std::collections::HashMap;

use crate::error::{Error, Result, StateError};
use crate::state::{Fields, Reader, Writer};

/// The longest name, in bytes of UTF-8.
const LONGEST: usize = 1024;

/// Names in an order, no two the same, none empty; or no names at all.
#[derive(Debug, Clone, Default)]
pub struct Names {
    list: Vec<String>,
    places: HashMap<String, usize>,
}

/// The order is all there is.
impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Names {
    /// No names.
    pub fn none() -> Self {
        Self::default()
    }

    /// Names of the argument `argument`.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where one is empty, longer than 1024 bytes, or there twice.
    pub fn of(argument: &'static str, names: impl IntoIterator<Item = String>) -> Result<Self> {
        let mut all = Self::none();
        names.into_iter().try_for_each(|name| all.add(argument, name))?;
        Ok(all)
    }

    /// Appends a name.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where it is empty, longer than 1024 bytes, or there already.
    pub fn add(&mut self, argument: &'static str, name: String) -> Result<()> {
        if name.is_empty() || name.len() > LONGEST {
            let got = format!("{} bytes", name.len());
            return Err(Error::text(argument, "names of 1 to 1024 bytes in UTF-8", got));
        }
        if self.places.contains_key(&name) {
            return Err(Error::text(
                argument,
                "names of which no two are the same",
                format!("'{name}' twice"),
            ));
        }
        self.places.insert(name.clone(), self.list.len());
        self.list.push(name);
        Ok(())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The names in their order.
    pub fn as_slice(&self) -> &[String] {
        &self.list
    }

    /// The name at a place, where there are names.
    pub fn get(&self, place: usize) -> Option<&str> {
        self.list.get(place).map(String::as_str)
    }

    /// Where a name stands.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Takes the name at a place out; those after it move up.
    pub fn remove(&mut self, place: usize) {
        if place < self.list.len() {
            self.places.remove(&self.list.remove(place));
            self.places.values_mut().filter(|other| **other > place).for_each(|other| *other -= 1);
        }
    }

    /// Refuses names of a saved state that are not as many as what they name, and not none.
    ///
    /// # Errors
    /// [`StateError::Field`].
    pub(crate) fn check_count(&self, count: usize) -> Result<()> {
        if self.is_empty() || self.list.len() == count {
            Ok(())
        } else {
            Err(StateError::Field { name: "names" }.into())
        }
    }
}

/// A count, then the names.
impl Fields for Names {
    fn save(&self, out: &mut Writer) {
        self.list.save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let mut list = Vec::new();
        Fields::load(&mut list, from)?;
        *self = Self::of("names", list).or(Err(StateError::Field { name: "names" }))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Result<Names> {
        Names::of("channels", list.iter().map(|&name| name.to_owned()))
    }

    #[test]
    fn a_name_is_found_where_it_stands_after_another_has_gone() {
        let mut names = names(&["a", "b", "c"]).expect("three names");
        names.remove(0);
        assert_eq!((names.place("a"), names.place("b"), names.place("c")), (None, Some(0), Some(1)));
        assert_eq!(names.as_slice(), ["b", "c"]);
    }

    #[test]
    fn a_name_that_is_there_twice_is_refused() {
        let refused = names(&["a", "b", "a"]).expect_err("twice");
        let text = "channels must be names of which no two are the same, got 'a' twice";
        assert_eq!(refused.to_string(), text);
    }
}

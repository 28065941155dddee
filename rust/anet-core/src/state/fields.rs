//! The byte form of the parts of an object: each lists its fields once, and the list both saves and loads.
//!
//! Slots of ring buffers are taken from counters modulo the length, so whatever a forged state holds, nothing can panic.

use crate::error::{Result, StateError};
use crate::params::Seed;
use crate::state::reader::Reader;
use crate::state::writer::Writer;

/// A part of a state; the macro `fields!` implements it by a list of fields.
pub trait Fields {
    /// Appends the fields.
    fn save(&self, out: &mut Writer);

    /// Sets the fields from bytes that somebody else may have written.
    ///
    /// # Errors
    /// [`StateError`] where a field is missing or impossible.
    fn load(&mut self, from: &mut Reader<'_>) -> Result<()>;
}

/// Implements [`Fields`] by the fields in this order. An impossible value is refused by the name of its field.
///
/// A field in brackets is each item of an `Option`, a list or a boxed slice: the bytes hold no count, since an object of the
/// same parameters has as many. One in parentheses is a part of another field. What follows `then` is a method `fn(&mut self) -> Result<()>`, called after loading: it checks
/// what no saved object could have held, and sets what is not saved.
///
/// `fields!(Sum { total, count });` or, of a generic type, `fields!([const N: usize] Ring<N> { [values], next } then check);`
macro_rules! fields {
    (@save $self:ident $out:ident [$items:ident]) => {
        $self.$items.iter().for_each(|item| $crate::state::Fields::save(item, $out));
    };
    (@save $self:ident $out:ident ($owner:ident.$field:ident)) => {
        $crate::state::Fields::save(&$self.$owner.$field, $out);
    };
    (@save $self:ident $out:ident $field:ident) => {
        $crate::state::Fields::save(&$self.$field, $out);
    };
    (@load $self:ident $from:ident [$items:ident]) => {
        let loaded = $self.$items.iter_mut().try_for_each(|item| $crate::state::Fields::load(item, $from));
        loaded.map_err(|error| error.in_field(stringify!($items)))?;
    };
    (@load $self:ident $from:ident ($owner:ident.$field:ident)) => {
        let loaded = $crate::state::Fields::load(&mut $self.$owner.$field, $from);
        loaded.map_err(|error| error.in_field(stringify!($field)))?;
    };
    (@load $self:ident $from:ident $field:ident) => {
        let loaded = $crate::state::Fields::load(&mut $self.$field, $from);
        loaded.map_err(|error| error.in_field(stringify!($field)))?;
    };
    ([$($generics:tt)*] $type:ty { $($field:tt),* $(,)? } $(then $check:ident)?) => {
        impl<$($generics)*> $crate::state::Fields for $type {
            fn save(&self, out: &mut $crate::state::Writer) {
                $($crate::state::fields!(@save self out $field);)*
            }

            fn load(&mut self, from: &mut $crate::state::Reader<'_>) -> $crate::Result<()> {
                $($crate::state::fields!(@load self from $field);)*
                $(self.$check()?;)?
                Ok(())
            }
        }
    };
    ($type:ty { $($field:tt),* $(,)? } $(then $check:ident)?) => {
        $crate::state::fields!([] $type { $($field),* } $(then $check)?);
    };
}
pub(crate) use fields;

macro_rules! numbers {
    ($($number:ident),*) => {
        $(impl Fields for $number {
            fn save(&self, out: &mut Writer) {
                out.$number(*self);
            }

            fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
                *self = from.$number()?;
                Ok(())
            }
        })*
    };
}

numbers!(u8, u16, u32, i8, i16, i32, i64, f32, f64);

/// A counter. No stream has more than 2^63 samples: half the range keeps every sum of two counters in it.
impl Fields for u64 {
    fn save(&self, out: &mut Writer) {
        out.u64(*self);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = from.u64()?;
        if *self > Self::MAX / 2 {
            Err(StateError::Field { name: StateError::UNNAMED }.into())
        } else {
            Ok(())
        }
    }
}

/// A set of bits: its two halves, the lower one first.
impl Fields for u128 {
    fn save(&self, out: &mut Writer) {
        out.u64(*self as u64);
        out.u64((*self >> 64) as u64);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = u128::from(from.u64()?) | u128::from(from.u64()?) << 64;
        Ok(())
    }
}

impl Fields for bool {
    fn save(&self, out: &mut Writer) {
        out.u8((*self).into());
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = match from.u8()? {
            0 => false,
            1 => true,
            _ => return Err(StateError::Field { name: StateError::UNNAMED }.into()),
        };
        Ok(())
    }
}

/// As many bytes where the value is missing, so that pages keep their borders.
impl<T: Fields + Copy + Default> Fields for Option<T> {
    fn save(&self, out: &mut Writer) {
        self.is_some().save(out);
        self.unwrap_or_default().save(out);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let (mut given, mut value) = (false, T::default());
        given.load(from)?;
        value.load(from)?;
        *self = given.then_some(value);
        Ok(())
    }
}

impl<T: Fields, const N: usize> Fields for [T; N] {
    fn save(&self, out: &mut Writer) {
        self.iter().for_each(|item| item.save(out));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.iter_mut().try_for_each(|item| item.load(from))
    }
}

/// A length, then the items.
impl<T: Fields + Default> Fields for Vec<T> {
    fn save(&self, out: &mut Writer) {
        out.count(self.len());
        self.iter().for_each(|item| item.save(out));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let count = from.count(1)?;
        self.clear();
        for _ in 0..count {
            // One by one: a forged count of large items would fill any memory before the first was read.
            let mut item = T::default();
            item.load(from)?;
            self.push(item);
        }
        Ok(())
    }
}

/// A length, then the text.
impl Fields for String {
    fn save(&self, out: &mut Writer) {
        out.bytes(self.as_bytes());
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let refused = StateError::Field { name: StateError::UNNAMED };
        str::from_utf8(from.bytes()?).or(Err(refused))?.clone_into(self);
        Ok(())
    }
}

/// A length, then the text.
impl Fields for Seed {
    fn save(&self, out: &mut Writer) {
        out.bytes(self.get().as_bytes());
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        let refused = StateError::Field { name: "seed" };
        let text = str::from_utf8(from.bytes()?).or(Err(refused.clone()))?;
        *self = Self::try_from(text).or(Err(refused))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Pair {
        count: u64,
        open: bool,
    }

    fields!(Pair { count, open });

    fn refused(bytes: &[u8]) -> String {
        Pair::default().load(&mut Reader::of(bytes)).unwrap_err().to_string()
    }

    #[derive(Default)]
    struct Wide {
        values: [f64; 32],
    }

    fields!(Wide { values });

    #[test]
    fn a_forged_count_of_large_items_allocates_no_more_than_was_read() {
        let bytes = [&1000_u64.to_le_bytes()[..], &[0; 1000]].concat();
        let mut list: Vec<Wide> = Vec::new();
        assert!(list.load(&mut Reader::of(&bytes)).is_err());
        assert!(list.capacity() < 16, "{} items", list.capacity());
    }

    #[test]
    fn an_impossible_value_is_refused_by_the_name_of_its_field() {
        assert_eq!(refused(&[0, 0, 0, 0, 0, 0, 0, 0, 2]), "state is damaged: impossible value in field open");
        assert_eq!(refused(&[0xFF; 9]), "state is damaged: impossible value in field count");
        assert_eq!(refused(&[0; 8]), "state is damaged: 1 bytes expected, 0 present");
    }
}

//! The loops that both kinds of registers share.

use crate::dot_u8::{COLUMNS, ColumnSums};

/// Defines both functions of a level whose registers hold `$width` components.
macro_rules! kernels {
    ($features:literal, $width:literal, $load:ident, $store:ident, $zero:ident, $splat:ident,
     $low:ident, $high:ident, $multiply:ident, $add:ident, $mask:ident) => {
        use crate::dot_u8::{COLUMNS, ColumnSums, ComponentRow, QueryComponent, wide};

        /// Registers of a row. The sums, of twice as many bits, fill twice as many.
        const REGISTERS: usize = COLUMNS / $width;

        #[target_feature(enable = $features)]
        pub(super) fn dot_u8(rows: &[ComponentRow], query: &[QueryComponent]) -> ColumnSums {
            let mut sums = [[$zero(); 2]; REGISTERS];
            for &(row, value) in query {
                let (row, value) = (&rows[usize::from(row)], $splat(value as i16));
                for (register, [low, high]) in sums.iter_mut().enumerate() {
                    // SAFETY: REGISTERS times $width components are a row, which is aligned to 128 bytes.
                    let components = unsafe { $load(row.0.as_ptr().add(register * $width).cast()) };
                    // Each component times 256, so that the upper half of a product is what is wanted.
                    *low = $add(*low, $multiply($low($zero(), components), value));
                    *high = $add(*high, $multiply($high($zero(), components), value));
                }
            }
            let mut eights = [ColumnSums([0; COLUMNS]), ColumnSums([0; COLUMNS])];
            for (register, halves) in sums.into_iter().enumerate() {
                for (eights, half) in eights.iter_mut().zip(halves) {
                    // SAFETY: REGISTERS times half of $width numbers are half of the sums, which are aligned to 64 bytes.
                    unsafe { $store(eights.0.as_mut_ptr().add(register * $width / 2).cast(), half) };
                }
            }
            wide::in_order(&eights)
        }

        #[target_feature(enable = $features)]
        pub(super) fn columns_at_least(sums: &ColumnSums, least: u16) -> u128 {
            let mut bits = 0;
            for register in 0..2 * REGISTERS {
                // SAFETY: 2 REGISTERS times half of $width numbers are the sums, which are aligned to 64 bytes.
                let values = unsafe { $load(sums.0.as_ptr().add(register * $width / 2).cast()) };
                bits |= u128::from($mask(values, $splat(least as i16))) << (register * $width / 2);
            }
            bits
        }
    };
}

pub(super) use kernels;

/// Puts sums in the order of their columns.
///
/// Unpacking sixteen columns gives the first eight to one half, and the other eight to the other half.
#[inline(always)]
pub(super) fn in_order([low, high]: &[ColumnSums; 2]) -> ColumnSums {
    let mut sums = ColumnSums([0; COLUMNS]);
    let eights = low.0.as_chunks::<8>().0.iter().zip(high.0.as_chunks::<8>().0);
    for (sixteen, (low, high)) in sums.0.as_chunks_mut::<16>().0.iter_mut().zip(eights) {
        sixteen[..8].copy_from_slice(low);
        sixteen[8..].copy_from_slice(high);
    }
    sums
}

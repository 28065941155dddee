//! Dot products of bytes against sums of single products.

use anet_simd::{COLUMNS, ComponentRow, Level, QueryComponent};
use proptest::prelude::*;

use crate::levels::Property;
use crate::runner::runner;

pub(crate) const PROPERTIES: &[Property] =
    &[("dot_products_are_sums_of_products_without_their_lowest_bytes", single_products)];

fn single_products(level: Level) {
    let row = prop::collection::vec(any::<u8>(), COLUMNS);
    let query = prop::collection::vec((0_u16..3, any::<u16>()), 0..20);
    let same = |(rows, query, least): (Vec<Vec<u8>>, Vec<QueryComponent>, u16)| {
        let rows: Vec<ComponentRow> =
            rows.into_iter().map(|row| ComponentRow(row.try_into().unwrap())).collect();
        let sums = level.dot_u8(&rows, &query);
        for (column, &sum) in sums.0.iter().enumerate() {
            let product = |&(row, value): &QueryComponent| {
                (u64::from(rows[usize::from(row)].0[column]) * u64::from(value)) >> 8
            };
            let wanted = query.iter().map(product).sum::<u64>().min(u16::MAX.into());
            prop_assert_eq!(u64::from(sum), wanted);
            prop_assert_eq!(level.columns_at_least(&sums, least) >> column & 1 == 1, sum >= least);
        }
        Ok(())
    };
    runner(100).run(&(prop::collection::vec(row, 3), query, any::<u16>()), same).unwrap();
}

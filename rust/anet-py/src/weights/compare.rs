//! One pass over a tensor of several models.

use anet_weights::{Comparison, ModelSums, PairSums, RowCosines, Tensor, compare};
use pyo3::prelude::*;

use super::file::WeightsFile;
use super::refusal::refused;
use crate::error::{BindingError, value_error};

/// Where a tensor is: its file, and its name in there.
type Place<'py> = (Bound<'py, WeightsFile>, String);
/// Squares, the largest magnitude, numbers that are not finite, squares of what changed.
type Model = (f64, f32, u64, f64);
/// Rows, their median cosine, how many are other rows, the first of those.
type Rows = (u64, f64, u64, Vec<(u64, f64)>);
/// Products, squares of the distance, products of changes, signs opposed and all, squares of rounding and of all, rows.
type Pair = (f64, f64, f64, (u64, u64), (f64, f64), Option<Rows>);
/// Models, the base, pairs.
type Answer = (Vec<Model>, Option<Model>, Vec<Pair>);

#[doc = doc!("compare_weights")]
#[pyfunction]
#[pyo3(signature = (models, base = None))]
pub(super) fn compare_weights(
    py: Python<'_>,
    models: Vec<Place<'_>>,
    base: Option<Place<'_>>,
) -> Result<Answer, BindingError> {
    let Some((first, name)) = models.first() else {
        return Err(value_error("models must hold at least 2 tensors, got 0".to_owned()));
    };
    if models.len() < 2 {
        return Err(value_error("models must hold at least 2 tensors, got 1".to_owned()));
    }
    let tensors = models.iter().map(tensor).collect::<Result<Vec<_>, _>>()?;
    let base = base.as_ref().map(tensor).transpose()?;
    let found = py.detach(|| compare(&tensors, base));
    found.map(answer).map_err(|error| match error {
        anet_weights::Error::Io(error) => BindingError::from(PyErr::from(error)),
        anet_weights::Error::Shapes { .. } => {
            value_error(format!("models must hold tensors of one shape, got others than that of {name:?}"))
        }
        other => refused(&first.get().path, other),
    })
}

fn tensor<'a>((file, name): &'a Place<'_>) -> Result<Tensor<'a>, BindingError> {
    let file = file.get();
    file.file.tensor(name).map_err(|error| refused(&file.path, error))
}

fn answer(found: Comparison) -> Answer {
    let models = found.models.into_iter().map(model).collect();
    (models, found.base.map(model), found.pairs.into_iter().map(pair).collect())
}

fn model(sums: ModelSums) -> Model {
    (sums.squares, sums.largest, sums.not_finite, sums.change_squares)
}

fn pair(sums: PairSums) -> Pair {
    let PairSums { products, distance_squares, change_products, signs, rounding, rows } = sums;
    (products, distance_squares, change_products, signs, rounding, rows.map(self::rows))
}

fn rows(RowCosines { rows, median, other, named }: RowCosines) -> Rows {
    (rows, median, other, named)
}

//! Smooth heights that stand in for zeros, and the gaps between heights.

use anet_zeta::{Method, SmoothHeights};
use numpy::PyArray1;
use pyo3::prelude::*;

use crate::convert::array::Series;
use crate::convert::bounded::out_of_domain;
use crate::convert::number::{integer, real};
use crate::convert::out::given_or_new;
use crate::detach::{detached, in_pieces};
use crate::error::{BindingError, value_error};
use crate::zeta::zeros::find;

/// Heights that are computed between two looks at pending signals: under a millisecond.
const PIECE: usize = 1 << 20;

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("TAU", anet_zeta::TAU)?;
    module.add_function(wrap_pyfunction!(counting_function, module)?)?;
    module.add_function(wrap_pyfunction!(invert, module)?)?;
    module.add_function(wrap_pyfunction!(generate_gammas, module)?)?;
    module.add_function(wrap_pyfunction!(normalized_gaps, module)?)
}

#[doc = doc!("N_riemann")]
#[pyfunction]
#[pyo3(name = "N_riemann", signature = (T))]
#[expect(non_snake_case, reason = "the published keyword")]
fn counting_function(T: &Bound<'_, PyAny>) -> Result<f64, BindingError> {
    Ok(anet_zeta::counting_function(real("T", T)?))
}

#[doc = doc!("invert_N_for_k")]
#[pyfunction]
#[pyo3(name = "invert_N_for_k", signature = (k, iters = None), text_signature = "(k, iters=12)")]
fn invert(k: &Bound<'_, PyAny>, iters: Option<&Bound<'_, PyAny>>) -> Result<f64, BindingError> {
    let iterations = match iters {
        None => anet_zeta::NEWTON_STEPS,
        Some(iters) => integer("iters", iters)?.clamp(0, u64::MAX.into()) as u64,
    };
    Ok(anet_zeta::invert_counting_function(real("k", k)?, iterations))
}

#[doc = doc!("generate_gammas")]
#[pyfunction]
#[pyo3(signature = (K, method = "newton", out = None))]
#[expect(non_snake_case, reason = "the published keyword")]
fn generate_gammas<'py>(
    py: Python<'py>,
    K: &Bound<'py, PyAny>,
    method: &str,
    out: Option<&Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyArray1<f64>>, BindingError> {
    let count = integer("K", K)?;
    if count < 0 {
        return Err(out_of_domain("K", "at least 0", count));
    }
    let source = Source::named(method)?;
    let mut array = given_or_new(py, out, "K", count)?;
    source.fill(py, array.as_slice_mut().map_err(PyErr::from)?)?;
    Ok(Bound::clone(&array))
}

/// Where heights come from.
pub(crate) enum Source {
    Smooth(Method),
    Exact,
}

impl Source {
    /// By the name that the user wrote.
    pub(crate) fn named(method: &str) -> Result<Self, BindingError> {
        match method {
            "newton" => Ok(Self::Smooth(Method::Newton)),
            "centred" => Ok(Self::Smooth(Method::Centred)),
            "exact" => Ok(Self::Exact),
            other => Err(value_error(format!(
                "method must be \"newton\", \"centred\" or \"exact\", got {other:?}"
            ))),
        }
    }

    /// The heights of the ordinals 1, 2, ...
    pub(crate) fn fill(self, py: Python<'_>, out: &mut [f64]) -> Result<(), BindingError> {
        match self {
            Self::Smooth(method) => {
                let mut heights = SmoothHeights::new(method);
                if out.len() < PIECE {
                    heights.fill(out);
                    return Ok(());
                }
                in_pieces(py, out.len(), PIECE, |piece| {
                    heights.fill(&mut out[piece]);
                    Ok(())
                })
            }
            Self::Exact => {
                let mut first = 1;
                for piece in out.chunks_mut(PIECE) {
                    piece.copy_from_slice(&find(py, first, piece.len() as i128)?.zeros);
                    first += piece.len() as i128;
                }
                Ok(())
            }
        }
    }
}

#[doc = doc!("normalized_gaps")]
#[pyfunction]
fn normalized_gaps<'py>(
    py: Python<'py>,
    gammas: &Bound<'py, PyAny>,
) -> Result<Bound<'py, PyArray1<f64>>, BindingError> {
    let heights = Series::read("gammas", gammas)?;
    let heights: &[f64] = &heights;
    let gaps = detached(py, 10 * heights.len(), || anet_zeta::normalized_gaps(heights));
    Ok(PyArray1::from_vec(py, gaps))
}

//! Eight numbers side by side.

/// Eight numbers: one vector of AVX-512.
pub(crate) type Lanes = [f64; 8];

/// Eight numbers, each computed from its lane: `lanes!(lane => x[lane] + 1.0)`.
///
/// `array::from_fn` would do, but its closure is not always inlined: then it is not compiled for the instruction set
/// of the kernel around it.
macro_rules! lanes {
    ($lane:ident => $value:expr) => {{
        let mut lanes = [0.0f64; 8];
        for $lane in 0..8 {
            lanes[$lane] = $value;
        }
        lanes
    }};
}

pub(crate) use lanes;

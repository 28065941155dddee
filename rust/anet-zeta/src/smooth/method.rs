//! Where the smooth count stands at a height that stands in for a zero.

/// What the smooth count N equals at the height T of the ordinal k.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// N(T) = k, as published: about half a mean gap above the k-th zero.
    Newton,
    /// N(T) = k − ½: on average at the k-th zero (França and LeClair 2014).
    Centred,
}

impl Method {
    /// k − c, where the height solves x ln x − x = c with x = T / 2π: the count's 7/8 and the method's own shift.
    pub(crate) fn shift(self) -> f64 {
        match self {
            Self::Newton => 0.875,
            Self::Centred => 1.375,
        }
    }
}

//! Puts a stream on a scale without units, twice: once for tokens, once for shapes.

use crate::error::Result;
use crate::state::codec::{Reader, Writer};
use crate::stats::ewma::Ew;

/// Samples are cut here: beyond it their squares overflow.
pub const LARGEST: f64 = 1e150;

/// Largest size of a shape value; in sixteenths it must fit an `i16` with room for sums.
const SHAPE_LIMIT: f64 = 100.0;
/// Largest size of a token value.
pub const TOKEN_LIMIT: f64 = 6.0;
/// A sample further out than so many deviations moves the shape scale no more than one just so far out.
const CUT: f64 = 3.0;
/// The first samples are never cut: there is no scale yet to cut them by.
const CUT_FROM: u64 = 20;
/// Where more than this share of the samples is cut, the stream has changed its scale, and nothing is cut.
const CUT_SHARE: f64 = 0.2;

/// One sample without units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    /// Deviations from the recent mean, within ±6.
    pub token: f64,
    /// Deviations from a slower mean that outliers hardly move, within ±100.
    pub shape: f64,
}

/// Two running scales.
///
/// The token scale is the plain one of half-life 512. The shape scale, of half-life 2048, takes cut updates, so that
/// one spike does not hide the next; the share of cut samples lets a stream that wakes up, or changes its scale,
/// have its new scale soon.
#[derive(Debug, Clone)]
pub struct Normaliser {
    plain: Ew,
    robust: Ew,
    cut_share: Ew,
}

impl Normaliser {
    /// Has seen nothing.
    pub fn new() -> Self {
        Self { plain: Ew::new(512.0), robust: Ew::new(2048.0), cut_share: Ew::new(512.0) }
    }

    /// Scales sample number `t` by what came before it, then learns it.
    pub fn push(&mut self, t: u64, x: f64) -> Normal {
        if t == 0 {
            self.plain.set_mean(x);
            self.robust.set_mean(x);
        }
        // The shape first: its scale leans on the plain one as it stood before this sample.
        let shape = self.shape(t, x);
        let normal = Normal { token: self.token(x), shape };
        // One sample has no deviation and two have only their own.
        if t < 2 { Normal { token: 0.0, shape: 0.0 } } else { normal }
    }

    fn token(&mut self, x: f64) -> f64 {
        let d = x - self.plain.mean();
        let scale = self.plain.deviation().max(floor(self.plain.mean()));
        self.plain.add(d);
        (d / scale).clamp(-TOKEN_LIMIT, TOKEN_LIMIT)
    }

    fn shape(&mut self, t: u64, x: f64) -> f64 {
        let d = x - self.robust.mean();
        let scale = self.robust_scale();
        let beyond = d.abs() > CUT * scale;
        let cut = beyond && t >= CUT_FROM && self.cut_share.mean() < CUT_SHARE;
        self.cut_share.push(f64::from(beyond));
        self.robust.add(if cut { (CUT * scale).copysign(d) } else { d });
        (d / scale).clamp(-SHAPE_LIMIT, SHAPE_LIMIT)
    }

    /// Never far below the plain scale.
    fn robust_scale(&self) -> f64 {
        self.robust.deviation().max(0.05 * self.plain.deviation()).max(floor(self.robust.mean()))
    }

    /// Appends the fields.
    pub fn write(&self, out: &mut Writer) {
        [&self.plain, &self.robust, &self.cut_share].into_iter().for_each(|ew| ew.write(out));
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`crate::error::StateError`] for impossible fields.
    pub fn restore(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.plain.restore(from)?;
        self.robust.restore(from)?;
        self.cut_share.restore(from)
    }
}

impl Default for Normaliser {
    fn default() -> Self {
        Self::new()
    }
}

/// What a scale is at least, so that rounding in a constant stream is no event.
pub fn floor(mean: f64) -> f64 {
    1e-9 * (1.0 + mean.abs())
}

//! From how far a score lies out to how often a healthy stream gives one as far.

use crate::twin::own_line::{LINE, TAIL};

/// Where ln p stands at the line, and how fast it falls up to there and beyond, a deviation.
pub(crate) const AT_LINE: f64 = 1e-4;
const BELOW: f64 = 0.7;
const BEYOND: f64 = 0.5;

/// Of a score that lies `z` out, under a line.
pub(crate) fn p_value(z: f64, line: f64) -> f64 {
    if z <= -1.0 {
        1.0
    } else if z < TAIL {
        let at_tail = AT_LINE.ln() + BELOW * (LINE - TAIL);
        (at_tail * (z + 1.0) / (TAIL + 1.0)).exp()
    } else {
        let z = TAIL + (LINE - TAIL) * (z - TAIL) / (line - TAIL);
        let slope = if z < LINE { BELOW } else { BEYOND };
        (AT_LINE * (-slope * (z - LINE)).exp()).max(1e-300)
    }
}

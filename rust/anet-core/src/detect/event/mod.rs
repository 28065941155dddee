//! What the newest samples of a stream look like to a person.
//!
//! [`describe`] takes a `look`: it compares the newest samples with a `forecast` from those before them, which knows the stream's
//! `season`, and finds the `stretch` that lies apart from it and the one whose `motion` is unusual. Its shape is told in this order:
//! it stands `still` (`flat`), it is `recurring` (`bursts`) and did not come or came too early, or it is `apart` from the usual: all
//! at once or by a `trend`, or `displaced` in time. `usual` says where the stream would have been, `similar` when it was like this
//! before.

mod describe;
mod look;

mod forecast;
mod season;
mod spread;

mod motion;
mod stretch;

mod flat;
mod still;

mod bursts;
mod recurring;

mod apart;
mod displaced;
mod trend;

mod shape;
mod similar;
mod usual;

pub(super) use describe::describe;
pub use describe::{Event, Told};
pub use shape::{Shape, Side};
pub use similar::Similar;

//! What the newest samples of a stream look like to a person.
//!
//! `describe` compares the newest samples with a `forecast` from those before them, which knows the stream's `season`, and
//! looks for the `stretch` that lies apart from it. The `shape` of that stretch is told by whether it stands still (`flat`),
//! moves more or less than usual (`motion`), comes at another time (`displaced`), rises slowly (`trend`), or is one of the
//! stream's own `bursts`. `usual` says where the stream would have been, `similar` when it was like this before.

mod bursts;
mod describe;
mod displaced;
mod flat;
mod forecast;
mod motion;
mod season;
mod shape;
mod similar;
mod spread;
mod stretch;
mod trend;
mod usual;

pub use describe::Event;
pub(super) use describe::describe;
pub use shape::{Shape, Side};
pub use similar::Similar;

//! The formats over documents made at random and by hand: what comes back, what is refused, and what readers trip on.

mod convert;
mod documents;
mod elsewhere;
mod matrix;
mod schema;
mod shapes;
mod w3c_schemas;
mod written;

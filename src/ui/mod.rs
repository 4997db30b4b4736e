//! The view: function components with plain properties, drawn from the controller's state. No component holds a
//! copy of state.

pub mod app;
mod element;
mod list;
mod palette;
mod part;
mod text;
mod toolbar;

//! What a person sees: text measured in display columns, wrapped by the rules of Chinese typesetting,
//! coloured where the stream allows it, and freed of everything that could steer a terminal.

pub(crate) mod bars;
pub(crate) mod colour;
pub(crate) mod progress;
pub(crate) mod sanitise;
pub(crate) mod screen;
pub(crate) mod table;
pub(crate) mod width;
pub(crate) mod wrap;

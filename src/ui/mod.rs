//! The page. Yew lives here and nowhere else.

mod app;

pub use app::App;

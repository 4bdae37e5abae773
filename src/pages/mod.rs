//! The pages of the site. Today there is one: the lab.

pub mod lab;

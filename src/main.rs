//! The module of the site. It does nothing by itself: `www/boot.js` and `www/tcp-lab.js` call what it exports.

// Named, so that the linker brings the exports along.
use tcp_state_lab as _;

fn main() {}

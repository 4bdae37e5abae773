//! The module of the site. It does nothing by itself: `www/boot.js` and `www/tcp-lab.js` call what it exports.

// Named, so that the linker brings the exports along.
use tcp_state_lab as _;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {}

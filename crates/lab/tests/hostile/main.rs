//! Nothing that can be asked of a session exhausts the page: each test has a budget of memory or of work.

#[path = "../session/kit.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod kit;
mod memory;
mod work;

use std::alloc::System;
use std::sync::{Mutex, PoisonError};

use cap::Cap;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

const MIB: usize = 1 << 20;

/// What `work` gives. One that holds more than `budget` octets at a time aborts the test.
fn within<T>(budget: usize, work: impl FnOnce() -> T) -> T {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    HEAP.set_limit(HEAP.allocated() + budget).expect("it is more than is allocated");
    let result = work();
    HEAP.set_limit(usize::MAX).expect("no limit");
    result
}

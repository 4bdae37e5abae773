//! Summaries of long runs. Something is gathered from the records in order, and the result is kept for every page of
//! records. So for any moment of a long run only one page must be read, not all records before it.

use std::rc::Rc;

use super::log::Records;
use crate::net::Record;

/// How many records a page has.
pub const PAGE: usize = 64;

/// Something gathered from records in order. A clone is kept for every page, so it must not grow with the run.
pub trait Gather: Clone + Default {
    /// Adds the next record.
    fn add(&mut self, record: &Rc<Record>);

    /// A page begins: whatever is only about the last page can be dropped.
    fn turn(&mut self);
}

/// What was gathered, page by page. It may be asked about any history at any time: by comparing the records it finds
/// out which pages it already knows. This works because histories share their beginnings and never change.
#[derive(Clone, Debug)]
pub struct Pages<T> {
    /// For each full page: its last record, and what was gathered up to it.
    full: Vec<(Rc<Record>, T)>,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self { full: Vec::new() }
    }
}

impl<T: Gather> Pages<T> {
    /// For each full page of `records`: its last record, and what was gathered up to it.
    pub fn full(&mut self, records: Records<'_>) -> &[(Rc<Record>, T)] {
        let wanted = records.len() / PAGE;
        let last_of = |page: usize| &records[(page + 1) * PAGE - 1];
        let known = self.full.len().min(wanted);
        let right = (0..known).rev().find(|page| Rc::ptr_eq(&self.full[*page].0, last_of(*page)));
        let right = right.map_or(0, |page| page + 1);
        if right < known {
            self.full.truncate(right);
        }
        for page in self.full.len()..wanted {
            let mut gathered = self.turned(page);
            for index in page * PAGE..(page + 1) * PAGE {
                gathered.add(&records[index]);
            }
            self.full.push((Rc::clone(last_of(page)), gathered));
        }
        &self.full[..wanted]
    }

    /// What was gathered from `records` before page number `page`.
    ///
    /// # Panics
    /// If there are fewer pages.
    pub fn before(&mut self, records: Records<'_>, page: usize) -> T {
        self.full(records.first(page * PAGE));
        self.turned(page)
    }

    /// What is gathered from all `records`.
    pub fn all(&mut self, records: Records<'_>) -> T {
        let page = records.len() / PAGE;
        let mut gathered = self.before(records, page);
        (page * PAGE..records.len()).for_each(|index| gathered.add(&records[index]));
        gathered
    }

    fn turned(&self, page: usize) -> T {
        let before = page.checked_sub(1).map(|before| self.full[before].1.clone());
        let mut gathered = before.unwrap_or_default();
        gathered.turn();
        gathered
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::Log;
    use crate::net::What;
    use tcp::time::Instant;

    thread_local! {
        /// How many records were added.
        static READ: Cell<usize> = const { Cell::new(0) };
    }

    /// The number of records, the sum of their numbers, and the number of records of this page.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    struct Sum(usize, u32, usize);

    impl Gather for Sum {
        fn add(&mut self, record: &Rc<Record>) {
            READ.set(READ.get() + 1);
            *self = Self(self.0 + 1, self.1 + record.id, self.2 + 1);
        }

        fn turn(&mut self) {
            self.2 = 0;
        }
    }

    fn log(len: usize, first: u32) -> Log<Rc<Record>> {
        let record = |id| Record {
            id,
            at: Instant::ZERO,
            host: None,
            socket: None,
            what: What::CableCut,
            sent: Vec::new(),
        };
        (0..len as u32).map(|i| Rc::new(record(first + i))).collect()
    }

    fn sum(records: Records<'_>) -> (usize, u32) {
        (records.len(), records.iter().map(|record| record.id).sum())
    }

    #[test]
    fn the_result_is_right_for_any_moment_in_any_order() {
        let log = log(10 * PAGE + 5, 1);
        let mut pages = Pages::<Sum>::default();
        for i in 0..200 {
            let records = log.first(i * 37 % (log.len() + 1));
            let Sum(count, total, _) = pages.all(records);
            assert_eq!((count, total), sum(records));
            let Sum(count, total, of_page) = pages.before(records, records.len() / PAGE / 2);
            assert_eq!((count, total), sum(records.first(count)));
            assert_eq!((count % PAGE, of_page), (0, 0));
        }
        assert_eq!(pages.full(log.all()).iter().map(|(_, sum)| sum.2).collect::<Vec<_>>(), [PAGE; 10]);
    }

    #[test]
    fn another_history_is_noticed() {
        let (mut one, mut pages) = (log(4 * PAGE, 1), Pages::<Sum>::default());
        let mut two = one.cut(2 * PAGE + 3);
        log(3 * PAGE, 7_000).all().iter().for_each(|record| two.push(Rc::clone(record)));
        one.push(Rc::clone(&two[two.len() - 1]));
        for log in [&one, &two, &one, &two, &Log::default(), &one] {
            let Sum(count, total, _) = pages.all(log.all());
            assert_eq!((count, total), sum(log.all()));
        }
    }

    #[test]
    fn known_pages_are_not_read_again() {
        let (log, mut pages) = (log(100 * PAGE, 1), Pages::<Sum>::default());
        pages.all(log.all());
        READ.set(0);
        for len in [100 * PAGE, 37 * PAGE + 11, 5, 99 * PAGE + 63] {
            pages.all(log.first(len));
        }
        assert_eq!(READ.get(), 11 + 5 + 63);
    }
}

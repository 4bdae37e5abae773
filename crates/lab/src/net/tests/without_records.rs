//! A world without records does the same as one with records.

use proptest::prelude::*;

use super::fuzz::any_input;
use super::hash::stable_hash;
use super::*;
use tcp::rng::Rng;

/// Everything that decides what will happen, without the number of records.
fn moment(world: &World) -> u64 {
    stable_hash(&(world.now(), world.hosts(), world.link()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_records_the_same_things_happen(seed: u64) {
        let mut rng = Rng::new(seed);
        let mut world = World::new(Setup { seed, ..Setup::default() });
        let mut quiet = world.clone();
        quiet.stop_recording();
        for _ in 0..200 {
            let input = any_input(&mut rng, &world);
            if let Input::Call { host, call } = input.clone() {
                prop_assert_eq!(world.call(host, call.clone()), quiet.call(host, call));
            } else {
                prop_assert_eq!(world.apply(input.clone()), quiet.apply(input));
            }
            if rng.below(2) == 0 {
                let to = world.now() + Duration::from_millis(u64::from(rng.below(400)));
                prop_assert_eq!(world.run_until(to, 200), quiet.run_until(to, 200));
            }
            prop_assert_eq!(moment(&world), moment(&quiet));
        }
        prop_assert!(world.take_records().len() > 0 && quiet.take_records().len() == 0);
    }
}

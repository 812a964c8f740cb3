//! `peers [INPUTS]`: how far off these crates and their peers are, a line each: the task, the peer,
//! the worst result in units of its own last place, and in units of 1e-18 for arguments of 18
//! decimals, separated by tabs.

use std::thread;

use benchmarks::peers::{
    measure, BrineFp, DecimalScaled, FixedAnalytics, Ours, Peer, RustDecimal, SolMath, Task,
};

fn report<P: Peer>(inputs: usize) {
    thread::scope(|scope| {
        let of = |task| scope.spawn(move || (task, measure::<P>(task, inputs)));
        let tasks = Task::ALL.map(of);
        for task in tasks {
            let (task, off) = task.join().expect("a measurement");
            assert_eq!(off.without, 0, "{} has no result for some", P::NAME);
            println!(
                "{}\t{}\t{:e}\t{:e}",
                task.name(),
                P::NAME,
                off.own,
                off.of_wad
            );
        }
    });
}

fn main() {
    let inputs = std::env::args().nth(1).map(|text| text.parse());
    let inputs = inputs.unwrap_or(Ok(10_000)).expect("a number of inputs");
    report::<Ours>(inputs);
    report::<FixedAnalytics>(inputs);
    report::<DecimalScaled>(inputs);
    report::<SolMath>(inputs);
    report::<BrineFp>(inputs);
    report::<RustDecimal>(inputs);
}

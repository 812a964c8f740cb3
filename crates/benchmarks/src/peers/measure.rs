//! How far off a peer's results are.

use dashu_base::Abs;
use dashu_int::UBig;
use dashu_ratio::RBig;

use super::{Peer, Task};
use crate::oracle::{Answer, Oracle};

/// The worst of a peer's results at a task.
#[derive(Debug, Default, Clone, Copy)]
pub struct Off {
    /// In units of its own last place, from the exact result for its own argument.
    pub own: f64,
    /// In units of 1e-18, from the exact result for the argument with 18 decimals that its own is
    /// nearest to.
    pub of_wad: f64,
    /// How many arguments had no result.
    pub without: u64,
}

/// The worst of so many.
pub fn measure<P: Peer>(task: Task, inputs: usize) -> Off {
    let mut oracle = Oracle::new();
    let mut off = Off::default();
    for input in task.inputs(inputs) {
        let args = input.map(P::from_wad);
        let Some(result) = task.call::<P>(&args) else {
            off.without += 1;
            continue;
        };
        let result = P::value(&result);
        let own = args.map(|number| P::value(&number));
        let wads = input.map(|raw| RBig::from_parts(raw.into(), UBig::from(10_u8).pow(18)));
        let mut distance = |args: &[RBig; 2], unit: RBig| {
            let distance = (&result - exact(task, &mut oracle, args)).abs() * unit;
            distance.to_f64().value()
        };
        off.own = off.own.max(distance(&own, P::unit().into()));
        off.of_wad = off.of_wad.max(distance(&wads, RBig::from(10_u64.pow(18))));
    }
    off
}

/// The exact result, to 40 decimals.
fn exact(task: Task, oracle: &mut Oracle, args: &[RBig; 2]) -> RBig {
    let unit = UBig::from(10_u8).pow(40);
    let answer = match task {
        Task::Exp => oracle.e_to(&args[0], &unit),
        Task::Ln => oracle.natural_log(&args[0], &unit),
        Task::Pow => oracle.power(&args[0], &args[1], &unit),
    };
    match answer {
        Answer::Real(real) => RBig::from_parts(real.floor, unit),
        other => panic!("a moderate argument, but {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peers::{BrineFp, DecimalScaled, FixedAnalytics, Ours, RustDecimal, SolMath};

    /// That every peer is asked what it answers, in its own units: none is off by much.
    #[test]
    fn what_is_compared_computes_the_same() {
        fn holds<P: Peer>(most: f64) {
            for task in Task::ALL {
                let off = measure::<P>(task, 50);
                assert_eq!(off.without, 0, "{} {task:?}", P::NAME);
                // In parts of 1.
                let off = off.of_wad / 1e18;
                assert!(off < most, "{} {task:?} is off by {off}", P::NAME);
            }
        }
        holds::<Ours>(0.6e-18);
        holds::<FixedAnalytics>(1e-13);
        holds::<DecimalScaled>(0.6e-18);
        holds::<SolMath>(1e-3);
        holds::<BrineFp>(1e-9);
        holds::<RustDecimal>(1e-9);
    }

    #[test]
    fn a_peer_that_is_off_by_a_unit_is_seen() {
        assert!(measure::<Ours>(Task::Exp, 50).own <= 0.5);
        let exact = exact(Task::Exp, &mut Oracle::new(), &[RBig::ONE, RBig::ZERO]);
        // e = 2.71828182845904523536028747135266249775724…
        assert_eq!(
            exact.numerator() / dashu_int::IBig::from(exact.denominator().clone()),
            dashu_int::IBig::from(2)
        );
    }
}

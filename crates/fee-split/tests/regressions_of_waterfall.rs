//! Faults that waterfalls had elsewhere, and corners of ours.

use tokenomics_fee_split::{
    Error, HeldFraction, Quantity, Tier, TierState, Waterfall, WaterfallState, WeightedSplit,
};
use tokenomics_fixed_math::Amount;

fn waterfall<const T: usize>(tiers: [(u128, [u64; 2]); T], residual: [u64; 2]) -> Waterfall<T, 2> {
    let tiers = tiers.map(|(cap, weights)| Tier::new(Amount::new(cap), weights).unwrap());
    Waterfall::new(tiers, WeightedSplit::new(residual).unwrap()).unwrap()
}

fn refused(what: Quantity, value: u128, bound: u128) -> Error {
    Error::OutOfRange { what, value, bound }
}

/// Paid unit by unit, a tier of 10 by thirds pays what it pays at once, and holds nothing back once it is
/// full: floors would keep a unit for ever.
#[test]
fn a_full_tier_holds_nothing_back() {
    let tiers = [(10, [1, 2])];
    let (mut one, mut many) = (waterfall(tiers, [1, 1]), waterfall(tiers, [1, 1]));
    let mut paid = [0; 2];
    for _ in 0..10 {
        for (paid, part) in paid
            .iter_mut()
            .zip(many.distribute(Amount::new(1)).unwrap())
        {
            *paid += part.get();
        }
    }
    assert_eq!(paid, [3, 7]); // of 3.33 and 6.67
    assert_eq!(
        one.distribute(Amount::new(10)).unwrap().map(Amount::get),
        paid
    );
    assert_eq!((one, many.carried()), (many, Amount::ZERO));
}

/// A tier that is closed by a lower cap pays out what it carries at once.
#[test]
fn a_lower_cap_closes_a_tier() {
    let mut waterfall = waterfall([(10, [1, 1]), (4, [0, 1])], [1, 0]);
    assert_eq!(
        waterfall
            .distribute(Amount::new(5))
            .unwrap()
            .map(Amount::get),
        [2, 2]
    );
    assert_eq!(waterfall.carried(), Amount::new(1));
    let mut set = |index, cap, weights| {
        let tier = Tier::new(Amount::new(cap), weights).unwrap();
        let parts = waterfall.set_tier(index, tier);
        parts.map(|parts| parts.map(Amount::get))
    };
    let (cap, filled, room) = (Quantity::TierCap, Quantity::TierFilled, Quantity::TierRoom);
    assert_eq!(set(0, 4, [1, 1]), Err(refused(cap, 4, 5)));
    assert_eq!(set(0, 20, [1, 0]), Err(refused(filled, 5, 0)));
    assert_eq!(set(0, 5, [1, 1]), Ok([1, 0]));
    assert_eq!(set(0, 6, [1, 1]), Err(refused(room, 0, 1)));
    assert_eq!(set(0, 5, [1, 1]), Err(refused(room, 0, 1)));
    // One that is empty may become another, or nothing, and then is closed too.
    assert_eq!(set(1, 7, [1, 0]), Ok([0, 0]));
    assert_eq!(set(1, 0, [0, 1]), Ok([0, 0]));
    assert_eq!(set(1, 9, [0, 1]), Err(refused(room, 0, 1)));
    assert_eq!(set(2, 9, [0, 1]), Err(refused(Quantity::TierIndex, 2, 1)));
    assert_eq!(
        waterfall
            .distribute(Amount::new(3))
            .unwrap()
            .map(Amount::get),
        [3, 0]
    );
}

/// A close in the middle moves nobody's claim: the seniors are paid 10 in all before the juniors have anything, and
/// of a tier that is full nothing is paid twice.
#[test]
fn a_close_leaves_seniors_ahead() {
    let mut waterfall = waterfall([(3, [1, 1]), (10, [2, 1]), (4, [0, 1])], [1, 1]);
    let mut pay = |amount| waterfall.distribute(Amount::new(amount)).unwrap();
    assert_eq!(pay(7).map(Amount::get), [4, 2]); // 2 and 1, and of 4 by thirds 2.67 and 1.33
    assert_eq!(waterfall.close().map(Amount::get), [1, 0]);
    assert_eq!(waterfall.close().map(Amount::get), [0, 0]);
    assert_eq!(waterfall.filled(0), Some(Amount::new(3)));
    let rest = Tier::new(Amount::new(6), [2, 1]).unwrap();
    assert_eq!(waterfall.tier(1), Some(rest));
    assert_eq!(waterfall.filled(1), Some(Amount::ZERO));
    let state = waterfall.state();
    assert_eq!(Waterfall::restore(state), Ok(waterfall));
    let mut pay = |amount| waterfall.distribute(Amount::new(amount)).unwrap();
    assert_eq!(pay(6).map(Amount::get), [4, 2]);
    assert_eq!(pay(5).map(Amount::get), [0, 4]); // and a unit by halves
    assert_eq!(waterfall.close().map(Amount::get), [1, 0]);
    assert_eq!(waterfall.carried(), Amount::ZERO);
}

/// A senior tier that could grow after juniors were paid would be a claim on what they have.
#[test]
fn juniors_who_were_paid_are_never_called_back() {
    let mut waterfall = waterfall([(100, [1, 0])], [0, 1]);
    assert_eq!(
        waterfall
            .distribute(Amount::new(150))
            .unwrap()
            .map(Amount::get),
        [100, 50]
    );
    let larger = Tier::new(Amount::new(200), [1, 0]).unwrap();
    waterfall.set_tier(0, larger).unwrap_err();
    assert_eq!(
        waterfall
            .distribute(Amount::new(50))
            .unwrap()
            .map(Amount::get),
        [0, 50]
    );
}

#[test]
fn the_largest_payments_go_through() {
    let mut two = waterfall([(u128::MAX, [1, 1])], [1, 1]);
    let half = u128::MAX / 2;
    let parts = two.distribute(Amount::MAX).unwrap();
    assert_eq!(parts.map(Amount::get), [half + 1, half]);
    for _ in 0..4 {
        let _ = two.distribute(Amount::MAX).unwrap();
    }
    // What was carried for the party would come on top of the largest payment.
    let mut one = waterfall([(2, [1, 1])], [1, 0]);
    let _ = one.distribute(Amount::new(1)).unwrap();
    let parts = one.distribute(Amount::MAX).unwrap();
    assert_eq!(parts.map(Amount::get), [u128::MAX, 1]);
    let mut three = waterfall([(2, [5, 1])], [1, 0]);
    let _ = three.distribute(Amount::new(1)).unwrap();
    let before = three;
    let (bits, max) = (129, u128::MAX);
    assert_eq!(
        three.distribute(Amount::MAX),
        Err(Error::Overflow { bits, max })
    );
    assert_eq!(three, before);
}

/// Each changes one thing of a waterfall whose second tier is being filled.
#[test]
fn a_state_is_restored_up_to_its_bounds() {
    let mut waterfall = waterfall([(10, [1, 1]), (10, [1, 2]), (5, [0, 1])], [1, 1]);
    let _ = waterfall.distribute(Amount::new(14)).unwrap();
    let state = waterfall.state();
    assert_eq!(Waterfall::restore(state), Ok(waterfall));
    let with = |index: usize, change: fn(&mut TierState<2>)| {
        let mut state = state;
        change(&mut state.tiers[index]);
        Waterfall::restore(state).map(drop)
    };
    let filled = Quantity::TierFilled;
    assert_eq!(with(1, |tier| tier.filled = Amount::new(10)), Ok(()));
    assert_eq!(with(1, |tier| tier.filled = Amount::ZERO), Ok(()));
    let above = with(1, |tier| tier.filled = Amount::new(11));
    assert_eq!(above, Err(refused(filled, 11, 10)));
    let too_early = with(2, |tier| tier.filled = Amount::new(1));
    assert_eq!(too_early, Err(refused(filled, 1, 0)));
    let reopened = with(0, |tier| tier.cap = Amount::new(11));
    assert_eq!(reopened, Err(refused(filled, 4, 0)));
    let nobody = with(2, |tier| tier.weights = [0, 0]);
    assert_eq!(nobody, Err(refused(Quantity::WeightSum, 0, 1)));

    let mut held = state;
    held.residual.held = [1 << 63; 2].map(|parts| HeldFraction { parts, rest: 0 });
    let early = Waterfall::restore(held);
    assert_eq!(early, Err(refused(Quantity::ResidualHeld, 1, 0)));
    held.tiers[1].filled = Amount::new(10);
    held.tiers[2].filled = Amount::new(5);
    assert!(Waterfall::restore(held).is_ok());
    let nothing: WaterfallState<0, 2> = WaterfallState {
        tiers: [],
        residual: held.residual,
    };
    assert!(Waterfall::restore(nothing).is_ok());
    let place = TierState::<2>::default();
    assert_eq!((place.cap, place.weights), (Amount::ZERO, [0, 0]));
}

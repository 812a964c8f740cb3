//! What a Substrate pallet keeps of the mechanisms: its storage knows their largest size, and who reads
//! it by the chain's metadata reads what was written.

use arbitrary::{Arbitrary, Unstructured};
use parity_scale_codec::{DecodeWithMemTracking, Encode, FullCodec, MaxEncodedLen};
use scale_info::{PortableRegistry, Registry, TypeInfo};
use tokenomics::emission_curves::{self, ArrayEpochs, GeometricEpochs, StepEpochs};
use tokenomics::escrow_weighting::{Escrow, Lock, LockHistory, LockKind, Terms};
use tokenomics::fee_split::{Position, RewardPool, WeightedSplit};
use tokenomics::haircut_collateral::{Debt, Haircut, Holding};
use tokenomics::rate_controllers;
use tokenomics::vesting::{
    self, AnySchedule, Cliff, Gate, Grant, GrantState, Linear, Milestones, Tranches,
};
use tokenomics::{
    Amount, Decimals, Fraction, Ratio, Rounding, SignedWad, Span, Timestamp, Wad, U256,
};

/// A value as somebody reads it who has its bytes and its type's description.
fn described<T: Encode + TypeInfo + 'static>(value: &T) -> String {
    let mut registry = Registry::new();
    let id = registry.register_type(&scale_info::meta_type::<T>()).id;
    let registry = PortableRegistry::from(registry);
    let bytes = value.encode();
    let mut rest = bytes.as_slice();
    let read = scale_value::scale::decode_as_type(&mut rest, id, &registry).unwrap();
    assert!(rest.is_empty(), "{read}, and more");
    let name = registry.resolve(id).unwrap().path.ident();
    format!("{} {read}", name.unwrap_or_default())
}

/// Values of bytes that are all alike, so that parameters come up at both their ends, and of any.
fn values<T: for<'a> Arbitrary<'a>>() -> impl Iterator<Item = T> {
    let mut seed = 7_u64;
    let any = (0..200).map(move |_| {
        let next = |_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            seed.to_be_bytes()[0]
        };
        (0..512).map(next).collect::<Vec<u8>>()
    });
    let alike = (0..=255).map(|byte| vec![byte; 512]);
    let from = |bytes: Vec<u8>| T::arbitrary(&mut Unstructured::new(&bytes)).ok();
    alike.chain(any).filter_map(from)
}

/// Of a type that a call takes as an argument.
fn read_by_its_description<T>()
where
    T: for<'a> Arbitrary<'a> + FullCodec + DecodeWithMemTracking + TypeInfo + 'static,
{
    for value in values::<T>() {
        described(&value);
    }
}

/// Of a type that storage holds, too.
fn stored<T>()
where
    T: for<'a> Arbitrary<'a>
        + FullCodec
        + DecodeWithMemTracking
        + MaxEncodedLen
        + TypeInfo
        + 'static,
{
    read_by_its_description::<T>();
    let longest = values::<T>().map(|value| value.encoded_size()).max();
    assert!(longest.unwrap() <= T::max_encoded_len());
}

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

#[test]
fn numbers() {
    stored::<Amount>();
    stored::<Timestamp>();
    stored::<Span>();
    stored::<Fraction>();
    stored::<Wad>();
    stored::<SignedWad>();
    stored::<Ratio>();
    stored::<U256>();
    stored::<Decimals>();
    stored::<Rounding>();
    let texts = [
        described(&Amount::new(7)),
        described(&Fraction::ONE),
        described(&SignedWad::from_raw(-7)),
        described(&Ratio::new(2, 3).unwrap()),
        described(&U256::new(1, 2)),
    ];
    let expected = [
        "Amount (7)",
        "Fraction (1000000000000000000)",
        "SignedWad (-7)",
        "Ratio { numerator: 2, denominator: 3 }",
        "U256 { low: 2, high: 1 }",
    ];
    assert_eq!(texts, expected);
    let roundings = Rounding::ALL.map(|rounding| described(&rounding));
    let names = ["Floor", "Ceil", "HalfEven", "HalfUp"];
    assert_eq!(roundings, names.map(|name| format!("Rounding {name} ()")));
}

#[test]
fn schedules_and_grants() {
    stored::<Cliff>();
    stored::<Linear>();
    stored::<vesting::LumpLinear>();
    stored::<vesting::Step>();
    stored::<vesting::Calendar>();
    stored::<vesting::Power>();
    stored::<vesting::Exponential>();
    stored::<Gate<Linear>>();
    stored::<Grant<Linear>>();
    read_by_its_description::<vesting::SimpleSchedule>();
    read_by_its_description::<AnySchedule>();
    read_by_its_description::<Grant<AnySchedule>>();
    read_by_its_description::<Milestones>();
    read_by_its_description::<Tranches<Vec<vesting::Point>>>();
    let linear = Linear::new(at(10), at(20), Amount::new(7)).unwrap();
    assert_eq!(
        described(&Grant::restore(linear, GrantState::NEW).unwrap()),
        "Grant { schedule: { start: (10), end: (20), total: (7) }, state: { others: (0), \
         checkpoint: (0), settled: (0), claimed: (0), clawed_back: (0), slashed: (0), \
         accelerated: (0), delay: (0), paused_at: None (), revoked_at: None (), clock: (0) } }"
    );
}

#[test]
fn curves() {
    stored::<emission_curves::Constant>();
    stored::<emission_curves::LinearRate>();
    stored::<emission_curves::Exponential>();
    stored::<emission_curves::Geometric>();
    stored::<emission_curves::Compounding>();
    stored::<emission_curves::Logistic>();
    stored::<emission_curves::Disinflation>();
    stored::<GeometricEpochs<ArrayEpochs<64>>>();
    read_by_its_description::<emission_curves::SimpleCurve>();
    let points = [(10, 0), (20, 50)];
    let points = points.map(|(time, of)| emission_curves::Point::new(at(time), Amount::new(of)));
    assert_eq!(
        described(&StepEpochs::new(points).unwrap()),
        "StepEpochs { points: ({ at: (10), emitted: (0) }, { at: (20), emitted: (50) }) }"
    );
}

#[test]
fn controllers() {
    stored::<rate_controllers::AdaptiveRate>();
    stored::<rate_controllers::BaseFee>();
    stored::<rate_controllers::BlobFee>();
    stored::<rate_controllers::KinkedRate>();
    stored::<rate_controllers::NposInflation>();
    stored::<rate_controllers::Pid>();
    stored::<rate_controllers::SqrtIssuance>();
    stored::<rate_controllers::SupplyTarget>();
    stored::<rate_controllers::TargetBonded>();
}

#[test]
fn escrows() {
    stored::<Terms>();
    stored::<Lock>();
    let terms = Terms::new(Span::new(40), Span::new(4)).unwrap();
    let mut escrow = Escrow::new(terms);
    let kind = LockKind::Decaying {
        rate: 1,
        end: at(8),
    };
    let lock = escrow.create(at(3), Amount::new(5), kind).unwrap();
    assert_eq!(
        described(&lock),
        "Lock { amount: (5), kind: Decaying { rate: 1, end: (8) } }"
    );
    assert_eq!(
        described(&escrow),
        "Escrow { terms: { max: (40), granule: (4), min: (1), most: (1000000000000000000) \
          }, clock: (3), locked: (5), cooling: (0), checkpoints: (((3), { low: \
         340282366920938463463374607431768211451, high: \
         340282366920938463463374607431768211455 }, { low: 40, high: 0 })), changes: \
         (((8), { low: 5, high: 0 }, { low: 340282366920938463463374607431768211416, \
         high: 340282366920938463463374607431768211455 }, (5))) }"
    );
    let mut history = LockHistory::new();
    history.record(at(3), lock).unwrap();
    assert_eq!(
        described(&history),
        "LockHistory { versions: (((3), Some ({ amount: (5), kind: Decaying { rate: 1, end: (8) } }))) }"
    );
}

#[test]
fn fees() {
    stored::<WeightedSplit<3>>();
    let (mut pool, mut position) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut position, 4).unwrap();
    pool.fund(Amount::new(1)).unwrap();
    assert_eq!(
        described(&pool),
        "RewardPool { total_shares: (4), accumulated: \
         { low: 85070591730234615865843651857942052864, high: 0 }, rest: (0), funded: (1), \
         paid: (0), unallocated: (0) }"
    );
    assert_eq!(pool.encoded_size(), RewardPool::max_encoded_len());
    assert_eq!(
        described(&position),
        "Position { shares: (4), checkpoint: { low: 0, high: 0 }, owed: { low: 0, high: 0 } }"
    );
    assert_eq!(position.encoded_size(), Position::max_encoded_len());
    let split = WeightedSplit::new([50, 30, 20]).unwrap();
    assert_eq!(described(&split), "WeightedSplit ((50, 30, 20))");
}

#[test]
fn collateral() {
    stored::<Haircut>();
    stored::<Holding>();
    stored::<Debt>();
    let percent = |percent| Fraction::from_percent(percent).unwrap();
    assert_eq!(
        described(&Haircut::new(percent(20), percent(16)).unwrap()),
        "Haircut { initial: (200000000000000000), maintenance: (160000000000000000) }"
    );
}

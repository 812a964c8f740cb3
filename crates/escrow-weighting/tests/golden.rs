//! Figures read from deployed code: Balancer's VotingEscrow, which is Curve's with a MAXTIME of 365
//! days, run from the bytecode in npm @balancer-labs/v2-deployments 3.2.0
//! (20220325-gauge-controller/artifact/VotingEscrow.json) in revm 19.7, by `create_lock`,
//! `balanceOf(address,uint256)` and `totalSupply(uint256)`.
#![cfg(feature = "alloc")]

use tokenomics_escrow_weighting::{Escrow, InMemory, LengthTable, Lock, LockKind, Terms};
use tokenomics_fixed_math::{wad, Amount, Span, Timestamp, Wad, U256};

const YEAR: u64 = 365 * 86_400;
const WEEK: u64 = 7 * 86_400;
const START: u64 = 1_632_960_000;

/// When it was locked, how much, until when.
const LOCKS: [(u64, u128, u64); 3] = [
    (START, 1_000_000_000_000_000_000_000, START + 52 * WEEK),
    (
        1_633_219_217,
        250_000_000_000_000_000_007,
        START + 26 * WEEK,
    ),
    // One unit more would weigh something: it would have a slope.
    (1_633_220_217, 31_535_999, START + 52 * WEEK),
];

/// At which time, the total supply, and the balance of each.
const DEPLOYED: [(u64, u128, [u128; 3]); 9] = [
    (
        1_632_960_000,
        997_260_273_972_584_294_400,
        [997_260_273_972_584_294_400, 0, 0],
    ),
    (
        1_633_046_400,
        994_520_547_945_187_084_800,
        [994_520_547_945_187_084_800, 0, 0],
    ),
    (
        1_633_220_217,
        1_111_603_524_543_358_435_215,
        [989_008_847_031_945_177_612, 122_594_677_511_413_257_603, 0],
    ),
    (
        1_639_008_000,
        882_191_780_821_901_491_200,
        [805_479_452_054_779_622_400, 76_712_328_767_121_868_800, 0],
    ),
    (
        1_648_684_799,
        498_630_176_623_532_126_905,
        [498_630_168_696_084_130_964, 7_927_447_995_941, 0],
    ),
    (
        1_648_684_800,
        498_630_136_986_292_147_200,
        [498_630_136_986_292_147_200, 0, 0],
    ),
    (
        1_663_817_145,
        18_786_624_809_740_900_620,
        [18_786_624_809_740_900_620, 0, 0],
    ),
    (
        1_664_409_599,
        31_709_791_983_764,
        [31_709_791_983_764, 0, 0],
    ),
    (1_664_409_600, 0, [0, 0, 0]),
];

fn terms() -> Terms {
    Terms::new(Span::new(YEAR), Span::new(WEEK)).unwrap()
}

fn until(end: u64) -> LockKind {
    terms().decaying(wad!("1"), Timestamp::new(end)).unwrap()
}

fn locked() -> (Escrow<InMemory>, [Lock; 3]) {
    let mut escrow = Escrow::new(terms());
    let locks = LOCKS.map(|(now, amount, end)| {
        escrow
            .create(Timestamp::new(now), Amount::new(amount), until(end))
            .unwrap()
    });
    (escrow, locks)
}

fn weight(escrow: &Escrow<InMemory>, time: u64) -> u128 {
    let weight = escrow.total_weight_at(Timestamp::new(time));
    weight.unwrap().get()
}

/// Ours, less what the deployed code floors away of the slope: the fraction of a unit per second
/// that amount / MAXTIME has, for each second left.
#[test]
fn a_weight_is_the_deployed_one_and_the_floored_part_of_its_slope() {
    let (_, locks) = locked();
    for (time, _, balances) in DEPLOYED {
        for ((lock, (made, amount, end)), deployed) in locks.iter().zip(LOCKS).zip(balances) {
            if time < made {
                continue;
            }
            let left = u128::from(end.saturating_sub(time));
            assert_eq!(
                deployed,
                amount / u128::from(YEAR) * left,
                "the oracle at {time}"
            );
            let floored = amount % u128::from(YEAR) * left / u128::from(YEAR);
            let ours = terms()
                .weight(lock.weight_at(Timestamp::new(time)))
                .unwrap()
                .get();
            assert_eq!(ours, deployed + floored, "at {time}");
        }
    }
}

#[test]
fn the_total_is_the_deployed_one_and_the_floored_parts() {
    let (escrow, _) = locked();
    for (time, supply, balances) in DEPLOYED {
        assert_eq!(
            supply,
            balances.iter().sum::<u128>(),
            "the oracle at {time}"
        );
        let ours = weight(&escrow, time);
        assert_eq!(ours, by_definition(time), "at {time}");
        // The slope of each lock is short by less than a unit a second.
        let floored: u128 = left(time).iter().map(|&(_, left)| left).sum();
        assert!(
            supply <= ours && ours <= supply + floored,
            "{ours} at {time}"
        );
    }
}

/// Amount and time left of the locks that had been made by then.
fn left(time: u64) -> Vec<(u128, u128)> {
    let made = LOCKS.iter().filter(|lock| lock.0 <= time);
    made.map(|&(_, amount, end)| (amount, end.saturating_sub(time).into()))
        .collect()
}

/// These amounts and times are small enough for a u128.
fn by_definition(time: u64) -> u128 {
    left(time)
        .iter()
        .map(|(amount, left)| amount * left)
        .sum::<u128>()
        / u128::from(YEAR)
}

/// In the deployed code the total stays wrong for good: 134 for a weight of 997, and 0 for a weight
/// of 230.
#[test]
fn after_three_hundred_silent_weeks_the_deployed_total_is_lost_and_ours_is_not() {
    const AFTER: [(u64, u128, u128); 3] = [
        (
            1_814_400_000,
            134_246_575_342_463_270_400,
            997_260_273_972_584_294_400,
        ),
        (
            1_815_004_800,
            115_068_493_150_682_803_200,
            978_082_191_780_803_827_200,
        ),
        (1_838_592_000, 0, 230_136_986_301_365_606_400),
    ];
    let (mut escrow, _) = locked();
    let now = Timestamp::new(START + 300 * WEEK);
    let end = until(START + 352 * WEEK);
    let lock = escrow.create(now, Amount::new(LOCKS[0].1), end).unwrap();
    for (time, supply, balance) in AFTER {
        assert!(supply < balance / 5, "the oracle at {time}");
        let time = Timestamp::new(time);
        assert_eq!(escrow.total_at(time), lock.weight_at(time));
        let ours = weight(&escrow, time.get());
        assert!(
            balance <= ours && ours < balance + u128::from(YEAR),
            "{ours} at {time}"
        );
    }
    // And what was, is as it was.
    for (time, _, _) in DEPLOYED {
        assert_eq!(weight(&escrow, time), by_definition(time));
    }
}

/// After 260 idle weeks the deployed total and all balances are 0; after one more lock its balance is
/// 0.997 tokens, and the total 0.901.
#[test]
fn after_260_idle_weeks_the_deployed_total_is_less_than_its_one_balance_and_ours_is_not() {
    const BALANCE: u128 = 997_260_242_238_764_817;
    const SUPPLY: u128 = 901_369_799_572_380_834;
    const TOKEN: u128 = 1_000_000_000_000_000_000;
    let mut escrow = Escrow::new(terms());
    let start = START + 17;
    let first = until(START + 52 * WEEK);
    let first = escrow
        .create(Timestamp::new(start), Amount::new(TOKEN), first)
        .unwrap();
    // A second of the week had passed, and its loop stops five weeks and a second short.
    let (slope, left) = (TOKEN / u128::from(YEAR), u128::from(52 * WEEK - 1));
    let lost = u128::from(5 * WEEK + 1);
    assert_eq!(BALANCE, slope * left, "the oracle");
    assert_eq!(SUPPLY, slope * (left - lost), "the oracle");
    let now = Timestamp::new(START + 260 * WEEK + 1);
    assert_eq!(escrow.total_at(now), U256::ZERO);
    assert_eq!(first.weight_at(now), U256::ZERO);

    let lock = until(START + 312 * WEEK);
    let lock = escrow.create(now, Amount::new(TOKEN), lock).unwrap();
    assert_eq!(escrow.total_at(now), lock.weight_at(now));
    let ours = weight(&escrow, now.get());
    let floored = TOKEN % u128::from(YEAR) * left / u128::from(YEAR);
    assert_eq!(ours, BALANCE + floored);
    assert!(SUPPLY < ours);
}

/// Polkadot SDK, pallet-conviction-voting, `Conviction`: what a vote counts by, and for how many
/// enactment periods it locks.
#[test]
fn convictions_count_and_lock_as_polkadots_do() {
    const CONVICTIONS: [(u64, Wad); 7] = [
        (0, wad!("0.1")),
        (1, wad!("1")),
        (2, wad!("2")),
        (4, wad!("3")),
        (8, wad!("4")),
        (16, wad!("5")),
        (32, wad!("6")),
    ];
    // Of 28 days, in blocks of six seconds.
    const PERIOD: u64 = 28 * 14_400;
    let table = LengthTable::conviction(Span::new(PERIOD)).unwrap();
    let rows = CONVICTIONS.map(|(periods, multiplier)| (Span::new(periods * PERIOD), multiplier));
    assert_eq!(table.rows(), &rows);
    for (before, (periods, multiplier)) in CONVICTIONS.iter().zip(&CONVICTIONS[1..]) {
        let (least, less) = (periods * PERIOD, periods * PERIOD - 1);
        assert_eq!(table.multiplier_for(Span::new(least)), *multiplier);
        assert_eq!(table.multiplier_for(Span::new(less)), before.1);
    }
    assert_eq!(table.multiplier_for(Span::MAX), wad!("6"));
}

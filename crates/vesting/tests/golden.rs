//! Figures of deployed contracts and of live tokens.

use tokenomics_fixed_math::{signed_wad, wad, Amount, Ratio, Span, Timestamp};
use tokenomics_vesting::{
    Allocation, AnySchedule, Cliff, Exponential, Gate, Linear, LumpLinear, Power, Schedule, Step,
    StepParams,
};

const E18: u128 = 1_000_000_000_000_000_000;

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn vested(schedule: &impl Schedule, time: u64) -> u128 {
    schedule.vested_at(at(time)).get()
}

/// OpenZeppelin VestingWallet.sol: (totalAllocation · (timestamp − start)) / duration in uint256,
/// 0 before the start, all from the end. The allocation and the four years of its test file, at
/// every sixtieth of the duration; the figures are i·100e18/60, rounded down.
#[test]
fn a_linear_schedule_is_openzeppelins_vesting_wallet() {
    let (start, duration) = (1_800_000_000, 126_144_000);
    let wallet = Linear::new(at(start), at(start + duration), Amount::new(100 * E18)).unwrap();
    for (sixtieths, expected) in [
        (1, 1_666_666_666_666_666_666),
        (2, 3_333_333_333_333_333_333),
        (7, 11_666_666_666_666_666_666),
        (15, 25_000_000_000_000_000_000),
        (31, 51_666_666_666_666_666_666),
        (59, 98_333_333_333_333_333_333),
        (60, 100_000_000_000_000_000_000),
        (64, 100_000_000_000_000_000_000),
    ] {
        let time = start + sixtieths * (duration / 60);
        assert_eq!(vested(&wallet, time), expected, "at {sixtieths}/60");
    }
    // One second is 100e18 / 126,144,000 wei.
    assert_eq!(vested(&wallet, start), 0);
    assert_eq!(vested(&wallet, start + 1), 792_744_799_594);
    assert_eq!(
        vested(&wallet, start + duration - 1),
        99_999_999_207_255_200_405
    );
}

/// OpenZeppelin VestingWalletCliff.sol: `timestamp < cliff() ? 0 : super._vestingSchedule(...)`,
/// with its test file's cliff at a quarter of the duration.
#[test]
fn a_gate_is_openzeppelins_vesting_wallet_cliff() {
    let (start, duration) = (1_800_000_000, 126_144_000);
    let cliff = start + duration / 4;
    let wallet = Linear::new(at(start), at(start + duration), Amount::new(100 * E18)).unwrap();
    let wallet = Gate::new(wallet, at(cliff));
    assert_eq!(vested(&wallet, cliff - 1), 0);
    assert_eq!(vested(&wallet, cliff), 25 * E18);
    assert_eq!(vested(&wallet, cliff + 1), 25 * E18 + 792_744_799_594);
    assert_eq!(wallet.time_of(Amount::new(1)), Some(at(cliff)));
    assert_eq!(wallet.start(), at(cliff));
    assert_eq!(wallet.end(), at(start + duration));
}

/// Sablier Lockup on Solana, tests/bankrun/constants.ts: 10,000e6 deposited over 10,000 seconds,
/// 2,500e6 + 1 of it at the cliff, after 2,500 seconds; 2,600e6 are streamed after 2,600.
#[test]
fn a_lump_and_a_line_are_sabliers_cliff_on_solana() {
    let start = 1_743_454_800 + 1_000;
    let (cliff, end) = (at(start + 2_500), at(start + 10_000));
    let lump = Amount::new(2_500_000_001);
    let stream = LumpLinear::new(cliff, end, lump, Amount::new(10_000_000_000)).unwrap();
    assert_eq!(vested(&stream, start + 2_499), 0);
    assert_eq!(vested(&stream, start + 2_500), 2_500_000_001);
    assert_eq!(vested(&stream, start + 2_600), 2_600_000_000);
    assert_eq!(vested(&stream, start + 10_000), 10_000_000_000);
}

/// Sablier Lockup on the EVM, tests/utils/Constants.sol: 10,000e18 over 10,000 seconds, 2,500e18 +
/// 2,534 of it at the cliff; exactly 2,600e18 are streamed after 2,600. Their share of time is
/// rounded down to 18 decimals before it is multiplied, which costs 2,500 wei here.
#[test]
fn one_division_vests_what_sabliers_two_leave_behind() {
    let start = 1_738_368_000 + 2 * 86_400;
    let (deposit, lump) = (10_000 * E18, 2_500 * E18 + 2_534);
    let share = 100 * E18 / 7_500;
    let theirs = lump + share * (deposit - lump) / E18;
    assert_eq!(theirs, 2_600 * E18);

    let (cliff, end) = (at(start + 2_500), at(start + 10_000));
    let stream = LumpLinear::new(cliff, end, Amount::new(lump), Amount::new(deposit)).unwrap();
    assert_eq!(vested(&stream, start + 2_600), 2_600 * E18 + 2_500);
}

/// The figures declared in DefiLlama emissions-adapters @ef62935, in 1e-6 OP: Optimism's core
/// contributors get a lump on 2023-05-31 and 36 instalments, an average month apart.
#[test]
fn optimisms_core_contributors() {
    let start = at(1_685_491_200);
    let instalments = Amount::new(36 * 17_000_912_213_333);
    let team: [AnySchedule; 2] = [
        Cliff::new(start, Amount::new(204_010_946_560_000)).into(),
        Step::new(StepParams {
            start,
            period: Span::new(2_629_743),
            count: 36,
            total: instalments,
            allocation: Allocation::CumulativeRoundDown,
        })
        .unwrap()
        .into(),
    ];
    for (time, expected) in [
        (1_683_072_000, 0),
        (1_685_491_200, 204_010_946_560_000),
        (1_687_910_400, 204_010_946_560_000),
        (1_690_329_600, 221_011_858_773_333),
        (1_717_048_115, 391_020_980_906_663),
        (1_717_048_116, 408_021_893_119_996),
        (1_777_420_800, 782_041_961_813_322),
        (1_781_049_600, 816_043_786_239_988),
    ] {
        let sum: u128 = team.iter().map(|part| vested(part, time)).sum();
        assert_eq!(sum, expected, "at {time}");
    }
}

/// The figures declared in DefiLlama emissions-adapters @ef62935, in 1e-6 token, and what they come
/// to in exact integers: Aethir's team, and two of Optimism's years of retroactive funding.
#[test]
fn linear_unlocks_of_live_tokens() {
    let aethir = Linear::new(
        at(1_765_485_774),
        at(1_860_156_522),
        Amount::new(5_250_000_000_000_000),
    )
    .unwrap();
    for (time, expected) in [
        (1_764_115_200, 0),
        (1_766_534_400, 58_151_927_773_930),
        (1_805_241_600, 2_204_673_469_993_075),
        (1_858_464_000, 5_156_140_590_544_399),
        (1_860_883_200, 5_250_000_000_000_000),
    ] {
        assert_eq!(vested(&aethir, time), expected, "at {time}");
    }

    let years = [
        (1_654_041_600, 1_682_899_200, 3_710_574_000_000),
        (1_682_899_200, 1_714_521_600, 90_000_000_000_000),
    ]
    .map(|(start, end, total)| Linear::new(at(start), at(end), Amount::new(total)).unwrap());
    for (time, expected) in [
        (1_656_460_800, 311_066_083_832),
        (1_680_652_800, 3_421_726_922_155),
        (1_683_072_000, 4_202_377_278_688),
        (1_714_521_600, 93_710_574_000_000),
    ] {
        let sum: u128 = years.iter().map(|year| vested(year, time)).sum();
        assert_eq!(sum, expected, "at {time}");
    }
}

/// Open Cap Format, `AllocationType`: 18 over 4 under each of the seven modes. Under the last each
/// instalment is 4.5, of which whole units can be paid.
#[test]
fn eighteen_over_four_is_cut_as_the_open_cap_format_says() {
    for (allocation, expected) in [
        (Allocation::CumulativeRounding, [5, 4, 5, 4]),
        (Allocation::CumulativeRoundDown, [4, 5, 4, 5]),
        (Allocation::FrontLoaded, [5, 5, 4, 4]),
        (Allocation::BackLoaded, [4, 4, 5, 5]),
        (Allocation::FrontLoadedToSingleTranche, [6, 4, 4, 4]),
        (Allocation::BackLoadedToSingleTranche, [4, 4, 4, 6]),
        (Allocation::Fractional, [4, 5, 4, 5]),
    ] {
        let total = Amount::new(18);
        let schedule = Step::new(StepParams {
            start: at(0),
            period: Span::new(1),
            count: 4,
            total,
            allocation,
        })
        .unwrap();
        let instalments = [1, 2, 3, 4].map(|k| schedule.vested_between(at(k - 1), at(k)).get());
        assert_eq!(instalments, expected, "{allocation:?}");
    }
    // 4.5, 9, 13.5, 18.
    let halves = [1, 2, 3, 4].map(|k| {
        let (total, rule) = (Amount::new(18), Allocation::Fractional);
        let whole = rule.cumulative(total, 4, k).get();
        let half = rule.fraction(total, 4, k) == Ratio::new(1, 2).unwrap();
        2 * whole + u128::from(half)
    });
    assert_eq!(halves, [9, 18, 27, 36]);
}

/// mpmath 1.3.0 with 200 digits: a billion tokens with 18 decimals over four years, by
/// `floor(10**27 * (mpf(t)/126144000)**k)` and `floor(10**27 * expm1(k*t/126144000) / expm1(k))`, after a
/// second, one, two and three years, and all but a second; and the first second with half of it.
#[test]
fn curves_vest_what_two_hundred_digits_say() {
    let (start, duration) = (1_800_000_000, 126_144_000);
    let (from, to) = (at(start), at(start + duration));
    let total = Amount::new(1_000_000_000 * E18);
    let power = |exponent| Power::new(from, to, exponent, total).unwrap();
    let exponential = |steepness| Exponential::new(from, to, steepness, total).unwrap();
    let curves: [(AnySchedule, [u128; 5], u64); 4] = [
        (
            power(wad!("3")).into(),
            [
                498,
                15_625_000_000_000_000_000_000_000,
                125_000_000_000_000_000_000_000_000,
                421_875_000_000_000_000_000_000_000,
                999_999_976_217_656_200_709_854_808,
            ],
            1_900_120_560,
        ),
        (
            power(wad!("0.5")).into(),
            [
                89_036_217_327_226_714_489_682,
                500_000_000_000_000_000_000_000_000,
                707_106_781_186_547_524_400_844_362,
                866_025_403_784_438_646_763_723_170,
                999_999_996_036_275_994_173_872_689,
            ],
            1_831_536_000,
        ),
        (
            exponential(signed_wad!("4")).into(),
            [
                591_621_025_481_499_210,
                32_058_603_280_084_988_450_811_470,
                119_202_922_022_117_555_940_270_858,
                356_085_740_112_027_688_238_300_146,
                999_999_967_698_587_512_269_542_151,
            ],
            1_904_857_287,
        ),
        (
            exponential(signed_wad!("-4")).into(),
            [
                32_301_412_487_730_457_848,
                643_914_259_887_972_311_761_699_853,
                880_797_077_977_882_444_059_729_141,
                967_941_396_719_915_011_549_188_529,
                999_999_999_408_378_974_518_500_789,
            ],
            1_821_286_714,
        ),
    ];
    let year = duration / 4;
    for (curve, expected, half) in curves {
        let found = [1, year, 2 * year, 3 * year, duration - 1].map(|t| vested(&curve, start + t));
        assert_eq!(found, expected, "{curve:?}");
        assert_eq!(curve.time_of(Amount::new(total.get() / 2)), Some(at(half)));
        assert_eq!(vested(&curve, start), 0);
        assert_eq!(vested(&curve, start + duration), total.get());
    }
}

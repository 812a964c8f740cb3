//! Figures of an amount along a power, an exponential and a logistic curve, computed with many digits.

use tokenomics_fixed_math::{Amount, Error, Quantity, Ratio, Rounding, Wad};

/// A year of 365 days, times four, in seconds.
const FOUR_YEARS: u128 = 126_144_000;
/// After a second, a year, a third, and all but a second of it.
const PASSED: [u128; 4] = [1, 31_536_000, 42_048_000, FOUR_YEARS - 1];
/// A billion tokens with 18 decimals.
const BILLION: Amount = Amount::new(1_000_000_000 * Wad::SCALE);

/// mpmath 1.3.0 with 1,000 digits: `floor(10**27 * (mpf(n)/126144000)**mpf(k))`.
#[test]
fn an_amount_along_powers() {
    for (exponent, expected) in [
        (
            "2",
            [
                62_844_431_728,
                62_500_000_000_000_000_000_000_000,
                111_111_111_111_111_111_111_111_111,
                999_999_984_145_104_070_962_138_476,
            ],
        ),
        (
            "0.5",
            [
                89_036_217_327_226_714_489_682,
                500_000_000_000_000_000_000_000_000,
                577_350_269_189_625_764_509_148_780,
                999_999_996_036_275_994_173_872_689,
            ],
        ),
        (
            "3.14",
            [
                36,
                12_868_609_644_805_830_156_233_964,
                31_756_984_727_589_321_205_818_815,
                999_999_975_107_813_503_889_520_678,
            ],
        ),
        (
            "1.000000000000000001",
            [
                7_927_447_995_941_146_478,
                249_999_999_999_999_999_653_426_409,
                333_333_333_333_333_332_967_129_237,
                999_999_992_072_552_004_058_853_365,
            ],
        ),
        (
            "0.000000000000000001",
            [
                999_999_999_999_999_981_347_065_330,
                999_999_999_999_999_998_613_705_638,
                999_999_999_999_999_998_901_387_711,
                999_999_999_999_999_999_999_999_992,
            ],
        ),
        ("100", [0, 0, 0, 999_999_207_255_511_485_741_834_459]),
    ] {
        let exponent = exponent.parse().unwrap();
        let vested = PASSED.map(|passed| {
            let ratio = Ratio::new(passed, FOUR_YEARS).unwrap();
            let power = BILLION.mul_pow(ratio, exponent, Rounding::Floor);
            power.unwrap().get()
        });
        assert_eq!(vested, expected, "{exponent}");
    }
    let largest = |ratio, exponent: &str| {
        let (ratio, exponent) = (ratio, exponent.parse().unwrap());
        let power = Amount::MAX.mul_pow(ratio, exponent, Rounding::Floor);
        power.unwrap().get()
    };
    let clock = Ratio::new((1 << 64) - 2, (1 << 64) - 1).unwrap();
    assert_eq!(
        largest(clock, "1.5"),
        340_282_366_920_938_463_435_704_491_321_203_884_029
    );
    let next_to_one = Ratio::new(u128::MAX - 1, u128::MAX).unwrap();
    assert_eq!(largest(next_to_one, "0.000000000000000001"), u128::MAX - 1);
    assert_eq!(largest(Ratio::new(1, 3).unwrap(), "80.7"), 1);
}

/// mpmath 1.3.0 with 1,000 digits: `floor(10**27 * expm1(k*n/126144000) / expm1(k))`; for the
/// steepest of all, whose powers have 10^20 digits, what is left is less than one unit and not none.
#[test]
fn an_amount_along_exponentials() {
    let all_but_one = BILLION.get() - 1;
    for (steepness, expected) in [
        (
            "5",
            [
                268_885_362_789_625_808,
                16_893_627_221_766_209_326_395_827,
                29_132_338_500_945_719_735_143_632,
                999_999_960_093_875_453_717_900_726,
            ],
        ),
        (
            "-5",
            [
                39_906_124_546_282_099_273,
                718_335_308_375_213_805_132_609_198,
                816_626_785_158_872_196_917_249_582,
                999_999_999_731_114_637_210_374_191,
            ],
        ),
        (
            "0.01",
            [
                7_887_876_818_230_624_219,
                249_063_282_712_805_893_037_393_100,
                332_222_841_562_066_381_534_513_238,
                999_999_992_032_848_702_438_413_868,
            ],
        ),
        (
            "-0.000000000000000001",
            [
                7_927_447_995_941_146_630,
                250_000_000_000_000_000_093_750_000,
                333_333_333_333_333_333_444_444_444,
                999_999_992_072_552_004_058_853_377,
            ],
        ),
        (
            "40",
            [
                1_347,
                93_571_981_334_146,
                2_623_089_521_315_042,
                999_999_682_902_130_437_894_202_200,
            ],
        ),
        (
            "-300",
            [
                2_378_231_570_785_158_092_521,
                all_but_one,
                all_but_one,
                all_but_one,
            ],
        ),
        ("300", [0, 0, 0, 999_997_621_768_429_214_841_907_478]),
        (
            "-1000",
            [
                7_927_416_573_808_314_946_595,
                all_but_one,
                all_but_one,
                all_but_one,
            ],
        ),
        (
            "-170141183460469231731.687303715884105728",
            [all_but_one; 4],
        ),
    ] {
        let steepness = steepness.parse().unwrap();
        let vested = PASSED.map(|passed| {
            let ratio = Ratio::new(passed, FOUR_YEARS).unwrap();
            let part = BILLION.mul_expm1(steepness, ratio, Rounding::Floor);
            part.unwrap().get()
        });
        assert_eq!(vested, expected, "{steepness}");
    }
    let largest = |ratio, steepness: &str| {
        let steepness = steepness.parse().unwrap();
        let part = Amount::MAX.mul_expm1(steepness, ratio, Rounding::Floor);
        part.unwrap().get()
    };
    let clock = Ratio::new((1 << 64) - 2, (1 << 64) - 1).unwrap();
    assert_eq!(
        largest(clock, "-2.5"),
        340_282_366_920_938_463_459_250_584_620_190_252_995
    );
    let middle = Ratio::new(1 << 127, u128::MAX).unwrap();
    assert_eq!(
        largest(middle, "0.000000000000000001"),
        170_141_183_460_469_231_689_152_007_850_766_797_795
    );
}

/// mpmath 1.3.0 with 1,000 digits: `floor(10**27 * (s(k*(2*x - 1)) - s(-k)) / (s(k) - s(-k)))` with
/// `s = lambda z: 1 / (1 + exp(-z))` and `x = mpf(n) / 126144000`.
#[test]
fn an_amount_along_logistic_curves() {
    let passed = [1, PASSED[1], PASSED[2], FOUR_YEARS / 2 + 1, PASSED[3]];
    for (steepness, expected) in [
        (
            "5",
            [
                534_171_516_584_630_879,
                70_103_716_545_108_156_932_332_818,
                154_240_876_340_182_083_347_606_785,
                500_000_020_087_505_347_313_545_063,
                999_999_999_465_828_483_415_369_120,
            ],
        ),
        (
            "0.01",
            [
                7_927_315_873_352_455_051,
                249_998_437_506_510_393_609_016_054,
                333_332_098_768_861_445_155_740_785,
                500_000_007_927_514_057_897_676_286,
                999_999_992_072_684_126_647_544_948,
            ],
        ),
        (
            "0.000000000000000001",
            [
                7_927_447_995_941_146_626,
                249_999_999_999_999_999_999_999_999,
                333_333_333_333_333_333_333_333_333,
                500_000_007_927_447_995_941_146_626,
                999_999_992_072_552_004_058_853_373,
            ],
        ),
        (
            "40",
            [
                2_694,
                2_061_153_613_941_849_343,
                1_619_594_169_218_841_054_965,
                500_000_158_548_959_918_817_619_778,
                999_999_999_999_999_999_999_997_305,
            ],
        ),
    ] {
        let steepness = steepness.parse().unwrap();
        let vested = passed.map(|passed| {
            let ratio = Ratio::new(passed, FOUR_YEARS).unwrap();
            let part = BILLION.mul_logistic(steepness, ratio, Rounding::Floor);
            part.unwrap().get()
        });
        assert_eq!(vested, expected, "{steepness}");
    }
    let largest = |ratio, steepness: &str| {
        let steepness = steepness.parse().unwrap();
        let part = Amount::MAX.mul_logistic(steepness, ratio, Rounding::Floor);
        part.unwrap().get()
    };
    let clock = |n| Ratio::new(n, (1 << 64) - 1).unwrap();
    assert_eq!(
        largest(clock((1 << 64) - 2), "2.5"),
        340_282_366_920_938_463_455_752_243_538_317_086_029
    );
    assert_eq!(largest(clock(1), "40"), 6_269);
    let middle = Ratio::new(1 << 127, u128::MAX).unwrap();
    assert_eq!(largest(middle, "0.000000000000000001"), 1 << 127);
}

/// What the definition gives where there is nothing to compute.
#[test]
fn a_logistic_curve_begins_with_nothing_and_ends_with_all() {
    let steepness = "5".parse().unwrap();
    for rounding in Rounding::ALL {
        for amount in [Amount::ZERO, Amount::new(1), BILLION, Amount::MAX] {
            let at = |n| amount.mul_logistic(steepness, Ratio::new(n, 9).unwrap(), rounding);
            assert_eq!((at(0), at(9)), (Ok(Amount::ZERO), Ok(amount)));
        }
    }
}

/// Nothing changes by a power of 1, nor by the power of 0: 0^0 is 1. Any other exponent is below 2^64.
#[test]
fn a_rational_power_at_the_ends_of_its_range() {
    let ratio = |n, d| Ratio::new(n, d).unwrap();
    let of = |base, exponent| BILLION.mul_rational_pow(base, exponent, Rounding::Floor);
    let large = ratio(1 << 64, 1);
    for (base, exponent) in [(0, 0), (1, 0), (9, 0), (7, 1), (7, 2)] {
        let exponent = [ratio(0, 1), large, ratio(u128::MAX, 3)][exponent];
        assert_eq!(of(ratio(base, 7), exponent), Ok(BILLION));
    }
    assert_eq!(of(ratio(0, 7), large), Ok(Amount::ZERO));
    let refused = Err(Error::OutOfRange {
        what: Quantity::RationalExponent,
        value: 1 << 64,
        bound: u64::MAX.into(),
    });
    assert_eq!(of(ratio(1, 7), large), refused);
    assert_eq!(of(ratio(9, 7), large), refused);
    assert_eq!(of(ratio(1, 7), ratio(u64::MAX.into(), 1)), Ok(Amount::ZERO));
}

/// A steepness of 40 is the largest.
#[test]
fn a_steeper_logistic_curve_is_refused() {
    let third = Ratio::new(1, 3).unwrap();
    let of = |raw| BILLION.mul_logistic(Wad::from_raw(raw), third, Rounding::Floor);
    assert!(of(40 * Wad::SCALE).is_ok());
    let (what, bound) = (Quantity::Steepness, 40 * Wad::SCALE);
    let value = bound + 1;
    assert_eq!(of(value), Err(Error::OutOfRange { what, value, bound }));
}

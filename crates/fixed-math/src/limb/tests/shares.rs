//! Shares of a half: every pair of bytes, and those of longer numbers against the exact quotient.

use super::*;

/// part·by / whole, in arithmetic of wider integers.
fn by_definition(part: u16, whole: u16, by: u8, rounding: Rounding) -> u8 {
    let exact = u32::from(part) * u32::from(by);
    let share = wide_by_definition(exact, whole.into(), rounding);
    u8::try_from(share).unwrap()
}

/// The halves above 0 whose top bit isn't set.
const BYS: core::ops::RangeInclusive<u8> = 1..=7;

#[test]
fn every_share_of_two_bytes() {
    for whole in 1..=u8::MAX {
        for part in 0..whole {
            for by in BYS {
                for rounding in Rounding::ALL {
                    let got = share(part, whole, Nibble::truncate(by), rounding);
                    let want = by_definition(part.into(), whole.into(), by, rounding);
                    assert_eq!(u8::from(got), want, "{part}·{by}/{whole}, {rounding:?}");
                }
            }
        }
    }
}

/// Parts about each multiple of a share, where what is cut off decides it, and anywhere.
#[test]
fn every_whole_of_two_bytes() {
    let mut state = 1_u32;
    for whole in 256..=u16::MAX {
        state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        let anywhere = (((state >> 16) * u32::from(whole)) >> 16) as u16;
        for by in BYS {
            let step = |at: u32| (u32::from(whole) * at / u32::from(by)) as u16;
            let steps = (0..u32::from(by)).map(step);
            for near in steps.chain([anywhere, whole - 1]) {
                for part in [near.saturating_sub(1), near, (near + 1).min(whole - 1)] {
                    for rounding in Rounding::ALL {
                        let by_half = Nibble::truncate(by);
                        let got = share_of_long(long(part), long(whole), by_half, rounding);
                        let want = by_definition(part, whole, by, rounding);
                        assert_eq!(u8::from(got), want, "{part}·{by}/{whole}, {rounding:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn shares_at_full_width_are_the_quotients() {
    const BY: u64 = 10_u64.pow(18);
    let mut numbers = wide_numbers();
    for _ in 0..30_000 {
        let mut next = || Long {
            high: numbers.next().unwrap(),
            low: numbers.next().unwrap(),
        };
        let (a, b) = (next(), next());
        let (part, whole) = if a < b { (a, b) } else { (b, a) };
        if part == whole || whole.high == 0 {
            continue;
        }
        // And a part that is nearly so many 1e-18 of the whole.
        let (near, _) = whole.widening_mul(part);
        for part in [part, near] {
            for rounding in Rounding::ALL {
                let got = share_of_long(part, whole, BY, rounding);
                let exact = part.times_over(BY, whole).rounded(whole, rounding);
                assert_eq!(u128::from(got), exact.unwrap().low);
            }
        }
    }
}

#[test]
fn every_limb_over_a_normalized_half() {
    for divisor in 8..16 {
        for dividend in 0..divisor * 16 {
            let kernels = [
                halves::half_of_quotient::<u8>,
                digits::half_of_quotient,
                words::half_of_quotient,
            ];
            for half_of_quotient in kernels {
                let got = half_of_quotient(dividend, Nibble::truncate(divisor));
                assert_eq!(u8::from(got), dividend / divisor);
            }
        }
    }
}

#[test]
fn every_limb_of_one_digit_by_a_known_half() {
    for divisor in 1..16 {
        let known = Reciprocal::<u8>::new(Nibble::truncate(divisor)).unwrap();
        for dividend in 0..divisor * 16 {
            let (q, rest) = known.divide_limb(dividend);
            let want = (dividend / divisor, dividend % divisor);
            assert_eq!(
                (u8::from(q), u8::from(rest)),
                want,
                "{dividend} / {divisor}"
            );
        }
    }
}

#[test]
fn every_product_of_two_halves_by_a_known_half() {
    for divisor in 1..16_u8 {
        let known = Reciprocal::<u8>::new(Nibble::truncate(divisor)).unwrap();
        for a in 0..=divisor {
            for b in 0..=divisor {
                let (q, rest) = known.mul_div(Nibble::truncate(a), Nibble::truncate(b));
                let want = (a * b / divisor, a * b % divisor);
                assert_eq!((u8::from(q), u8::from(rest)), want, "{a}·{b}/{divisor}");
            }
        }
    }
}

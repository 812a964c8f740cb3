//! Every input of a byte, against the arithmetic of wider integers; and the two kernels of each kind
//! against each other at full width.

mod roots;
mod shares;

use num_bigint::BigUint;

use super::byte::Nibble;
use super::*;

type Mul<L> = fn(L, L) -> (L, L);
type Divide<L> = fn(L, L, L) -> Option<Quotient<L>>;

/// All products and all quotients.
const PRODUCTS: [Mul<u8>; 3] = [
    halves::widening_mul,
    digits::widening_mul,
    words::widening_mul,
];
const QUOTIENTS: [Divide<u8>; 3] = [halves::divide, digits::divide, words::divide];

fn bytes() -> impl Iterator<Item = u8> + Clone {
    0..=u8::MAX
}

#[test]
fn every_product_of_two_bytes() {
    for a in bytes() {
        for b in bytes() {
            let exact = u16::from(a) * u16::from(b);
            for product in PRODUCTS {
                let (high, low) = product(a, b);
                assert_eq!(u16::from_be_bytes([high, low]), exact, "{a} * {b}");
            }
        }
    }
}

#[test]
fn every_upper_half_of_a_product_of_two_bytes_or_one_less() {
    for a in bytes() {
        for b in bytes() {
            // All but the product of the lower halves.
            let cut = u16::from(a) * u16::from(b) - u16::from(a & 15) * u16::from(b & 15);
            let [expected, _] = cut.to_be_bytes();
            assert_eq!(halves::high_product_or_less(a, b), expected, "{a} * {b}");
            assert_eq!(words::high_product_or_less(a, b), expected, "{a} * {b}");
            assert!(halves::widening_mul(a, b).0 - expected <= 1, "{a} * {b}");
        }
    }
}

#[test]
fn every_product_of_two_nibbles() {
    for a in 0..16 {
        for b in 0..16 {
            let [x, y] = [a, b].map(Nibble::truncate);
            assert_eq!(halves::product::<u8>(x, y), a * b);
            assert_eq!(digits::product::<u8>(x, y), a * b);
            assert_eq!(words::product::<u8>(x, y), a * b);
        }
    }
}

/// The quotient of two bytes by one, in arithmetic of wider integers.
fn quotient(dividend: u16, divisor: u8) -> Option<Quotient<u8>> {
    let divisor = u16::from(divisor);
    let [high, low] = dividend.checked_div(divisor)?.to_be_bytes();
    let rest = (dividend % divisor) as u8;
    Some(Quotient { high, low, rest })
}

#[test]
fn every_division_of_two_bytes_by_one() {
    for dividend in 0..=u16::MAX {
        let [high, low] = dividend.to_be_bytes();
        for divisor in bytes() {
            let want = quotient(dividend, divisor);
            for divide in QUOTIENTS {
                let got = divide(high, low, divisor);
                assert_eq!(got, want, "{dividend} / {divisor}");
            }
        }
    }
}

#[test]
fn every_division_of_two_bytes_by_a_known_nibble() {
    for divisor in 1..16 {
        let known = Reciprocal::<u8>::new(Nibble::truncate(divisor)).unwrap();
        assert_eq!(known.value(), divisor);
        for dividend in 0..=u16::MAX {
            let [high, low] = dividend.to_be_bytes();
            let got = Some(known.divide(high, low));
            assert_eq!(got, quotient(dividend, divisor), "{dividend} / {divisor}");
        }
    }
    assert_eq!(Reciprocal::<u8>::new(Nibble::ZERO), None);
}

/// The rounded quotient by definition, in arithmetic that shares nothing with the kernel.
fn by_definition(product: u16, c: u16, rounding: Rounding) -> u16 {
    let (down, up) = (product / c, product.div_ceil(c));
    let above = u32::from(up) * u32::from(c) - u32::from(product);
    let below = u32::from(product % c);
    match rounding {
        Rounding::Floor => down,
        Rounding::Ceil => up,
        _ if below < above => down,
        _ if above < below => up,
        Rounding::HalfUp => up,
        Rounding::HalfEven if down % 2 == 0 => down,
        Rounding::HalfEven => up,
    }
}

#[test]
fn every_mul_div_of_bytes_in_every_direction() {
    for c in 1..=u8::MAX {
        let known = Reciprocal::new(Nibble::truncate(c)).filter(|_| c < 16);
        for a in bytes() {
            for b in bytes() {
                let product = u16::from(a) * u16::from(b);
                let [high, low] = product.to_be_bytes();
                let quotients = QUOTIENTS.map(|divide| divide(high, low, c).unwrap());
                assert_eq!(words::mul_div(a, b, c), Some(quotients[0]));
                let of_known = known.map(|known| known.divide(high, low));
                for rounding in Rounding::ALL {
                    let want = by_definition(product, c.into(), rounding).to_be_bytes();
                    for quotient in quotients.into_iter().chain(of_known) {
                        let (high, low) = quotient.rounded(c, rounding);
                        assert_eq!([high, low], want, "{a} * {b} / {c}, {rounding:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_comparison_of_two_products_of_a_sample() {
    let sample = [0u8, 1, 2, 3, 15, 16, 17, 127, 128, 129, 240, 254, 255];
    for a in bytes() {
        for b in sample {
            for c in bytes() {
                for d in sample {
                    let exact = (u16::from(a) * u16::from(b)).cmp(&(u16::from(c) * u16::from(d)));
                    assert_eq!(cmp_products(a, b, c, d), exact);
                }
            }
        }
    }
}

/// Numbers with long runs of ones and zeros, whose digits are the ends of their range more often
/// than chance has it.
fn wide_numbers() -> impl Iterator<Item = u128> + Clone {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    core::iter::repeat_with(move || {
        let runs = (0..next() % 4).fold(0, |number, _| {
            let (from, to) = (next() % 128, next() % 128);
            number ^ (u128::MAX << from) ^ (u128::MAX << to)
        });
        match next() % 3 {
            0 => runs,
            1 => runs.wrapping_add(u128::from(next() % 5)).wrapping_sub(2),
            _ => (u128::from(next()) << 64 | u128::from(next())) >> (next() % 128),
        }
    })
}

#[test]
fn the_kernels_agree_at_full_width() {
    let mut numbers = wide_numbers();
    for _ in 0..100_000 {
        let mut next = || numbers.next().unwrap();
        let (a, b, c) = (next(), next(), next());
        let product = halves::widening_mul(b, c);
        assert_eq!(digits::widening_mul(b, c), product);
        assert_eq!(words::widening_mul(b, c), product);
        let few = words::widening_mul(b, c >> 64);
        assert_eq!(few, halves::widening_mul(b, c >> 64));
        let (x, y) = (a.high(), b.low());
        assert_eq!(digits::product::<u128>(x, y), halves::product(x, y));
        assert_eq!(words::product::<u128>(x, y), halves::product(x, y));
        // Any two limbs, and two whose quotient is near b.
        let (high, low) = product;
        for (high, low) in [(a, b), (high, low), (high, low | a)] {
            let quotient = halves::divide(high, low, c);
            assert_eq!(digits::divide(high, low, c), quotient);
            assert_eq!(words::divide(high, low, c), quotient);
            if let Some(quotient) = quotient {
                assert_eq!(back(quotient, c), (high, low));
            }
        }
    }
}

#[test]
fn the_quotients_of_few_bits_agree_at_full_width() {
    let mut numbers = wide_numbers();
    for at in 0..400_000_u32 {
        let mut next = |bits: u32| numbers.next().unwrap() >> (bits & 127);
        let (a, b) = (next(at.wrapping_mul(7)), next(at.wrapping_mul(11)));
        let c = next(at.wrapping_mul(13));
        let (high, low) = halves::widening_mul(a, b);
        assert_eq!(words::widening_mul(a, b), (high, low));
        let near = halves::high_product_or_less(a, b);
        assert_eq!(words::high_product_or_less(a, b), near);
        assert!(high - near <= 1);
        assert_eq!(words::divide(high, low, c), halves::divide(high, low, c));
        assert_eq!(words::mul_div(a, b, c), halves::divide(high, low, c));
    }
}

#[test]
fn zeros_are_counted_by_a_table_too() {
    for by in 0..64 {
        for of in [
            1_u64 << by,
            u64::MAX >> by,
            (1_u64 << by) - 1,
            0x9e37_79b9_7f4a_7c15 >> by,
        ] {
            assert_eq!(leading_zeros_by_table(of), of.leading_zeros(), "{of}");
        }
    }
}

/// quotient·divisor + rest.
fn back(quotient: Quotient<u128>, divisor: u128) -> (u128, u128) {
    let Quotient { high, low, rest } = quotient;
    assert!(rest < divisor);
    let (carry, product) = halves::widening_mul(low, divisor);
    let (sum, over) = product.overflowing_add(rest);
    (high * divisor + carry + u128::from(over), sum)
}

#[test]
fn the_known_divisor_is_ten_to_the_eighteenth() {
    let wad = Reciprocal::<u128>::WAD;
    assert_eq!(Some(wad), Reciprocal::new(10_u64.pow(18)));
    // The estimate of a digit is never two too small: the most that it can be is below 1.
    let (d, base) = (10_u128.pow(18) << 4, 1_u128 << 64);
    let inverse = u128::MAX / d;
    let e = u128::MAX - inverse * d;
    assert!((base - 1) * (base - d) + (d - 1) * (e + 1) < d * base);
    let numbers = wide_numbers();
    for (high, low) in numbers.clone().zip(numbers.skip(1)).take(100_000) {
        let want = halves::divide(high, low, 10_u128.pow(18));
        assert_eq!(Some(wad.divide(high, low)), want);
    }
}

/// The digits of the kernels.
type DigitOf<L> = fn(L, <L as Limb>::Half, L) -> (<L as Limb>::Half, L);

#[test]
fn every_digit_of_a_normalized_byte() {
    let all: [DigitOf<u8>; 3] = [halves::digit, digits::digit, words::digit];
    for divisor in 128..=u8::MAX {
        let inverse = Inverse::new(divisor);
        for head in 0..divisor {
            for next in 0..16 {
                let dividend = u16::from(head) << 4 | u16::from(next);
                let want = quotient(dividend, divisor).unwrap();
                for digit in all {
                    let (q, rest) = digit(head, Nibble::truncate(next), divisor);
                    assert_eq!((u8::from(q), rest), (want.low, want.rest));
                }
                let (q, rest) = inverse.digit(head, Nibble::truncate(next));
                assert_eq!((u8::from(q), rest), (want.low, want.rest));
            }
        }
    }
}

fn long(number: u16) -> Long<u8> {
    let [high, low] = number.to_be_bytes();
    Long { high, low }
}

fn short(number: Long<u8>) -> u32 {
    u16::from_be_bytes([number.high, number.low]).into()
}

/// Each divisor of two bytes, by dividends about its multiples and anywhere.
#[test]
fn every_divisor_of_two_bytes() {
    let mut state = 1_u32;
    for divisor in 0..=u16::MAX {
        for _ in 0..24 {
            state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
            let multiple = (state >> 16) * u32::from(divisor);
            for dividend in [state, multiple, multiple.wrapping_sub(1)] {
                let (high, low) = ((dividend >> 16) as u16, dividend as u16);
                let got = Long::divide(long(high), long(low), long(divisor));
                let Some(LongQuotient { quotient, rest }) = got else {
                    assert!(high >= divisor);
                    continue;
                };
                let divisor = u32::from(divisor);
                assert_eq!(
                    short(quotient),
                    dividend / divisor,
                    "{dividend} / {divisor}"
                );
                assert_eq!(short(rest), dividend % divisor, "{dividend} / {divisor}");
            }
        }
    }
}

/// Each divisor of two bytes and each nibble, by numbers near both ends and anywhere below it.
#[test]
fn every_share_of_a_nibble() {
    let mut state = 1_u32;
    for divisor in 256..=u16::MAX {
        state = state.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        let anywhere = (((state >> 16) * u32::from(divisor)) >> 16) as u16;
        for number in [0, 1, anywhere, divisor - 2, divisor - 1] {
            for nibble in 0..16 {
                let share = long(number).times_over(Nibble::truncate(nibble), long(divisor));
                let exact = u32::from(number) * u32::from(nibble);
                let whole = u32::from(divisor);
                let (quotient, rest) = (short(share.quotient), short(share.rest));
                let want = (exact / whole, exact % whole);
                assert_eq!((quotient, rest), want, "{number} * {nibble} / {divisor}");
            }
        }
    }
}

#[test]
fn every_rounding_of_a_quotient_of_two_bytes() {
    for divisor in [1, 2, 3, 254, 255, 256, 257, 4_096, 65_534, 65_535] {
        for dividend in 0..=u16::MAX {
            // Quotients that don't fit by one, too.
            for high in [0, divisor - 1] {
                let divided = Long::divide(long(high), long(dividend), long(divisor));
                let whole = u32::from(high) << 16 | u32::from(dividend);
                for rounding in Rounding::ALL {
                    let got = divided.unwrap().rounded(long(divisor), rounding);
                    let exact = wide_by_definition(whole, divisor.into(), rounding);
                    let want = u16::try_from(exact).ok();
                    assert_eq!(got, want.map(long), "{whole} / {divisor}, {rounding:?}");
                }
            }
        }
    }
}

/// As [`by_definition`].
fn wide_by_definition(whole: u32, divisor: u32, rounding: Rounding) -> u32 {
    let (down, twice) = (whole / divisor, 2 * u64::from(whole % divisor));
    let goes_up = match rounding {
        Rounding::Floor => false,
        Rounding::Ceil => twice > 0,
        Rounding::HalfUp => twice >= u64::from(divisor),
        Rounding::HalfEven => twice + u64::from(down % 2) > u64::from(divisor),
    };
    down + u32::from(goes_up)
}

fn exact(long: Long<u128>) -> BigUint {
    (BigUint::from(long.high) << 128) + long.low
}

#[test]
fn long_numbers_are_integers_of_256_bits() {
    let numbers = wide_numbers();
    let mut pairs = numbers.clone().zip(numbers.skip(1));
    let mut next = || {
        let (high, low) = pairs.next().unwrap();
        Long { high, low }
    };
    for _ in 0..30_000 {
        let (a, b, divisor) = (next(), next(), next());
        let (high, low) = a.widening_mul(b);
        assert_eq!((exact(high) << 256) + exact(low), exact(a) * exact(b));
        // Any two numbers, and two whose quotient is near b.
        for (high, low, divisor) in [(a, b, divisor), (high, low, a), (high, low, divisor)] {
            let dividend = (exact(high) << 256) + exact(low);
            let Some(LongQuotient { quotient, rest }) = Long::divide(high, low, divisor) else {
                assert!(high >= divisor);
                continue;
            };
            assert!(rest < divisor);
            assert_eq!(exact(quotient) * exact(divisor) + exact(rest), dividend);
        }
    }
}

//! The value that revenue brings to each token of a holder.

use tokenomics_fixed_math::{mul_div, Amount, Decimals, Rounding, Wad};

/// Returns the sum of some values; `None` of none, and where one of them or their sum can't be told.
pub(crate) fn sum_of(values: &[Option<Wad>]) -> Option<Wad> {
    values.first()?;
    let mut each = values.iter();
    each.try_fold(Wad::ZERO, |sum, value| sum.checked_add((*value)?).ok())
}

/// Returns a value in some asset for each token, in whole units of both; `None` where there is no
/// token, or where it is more than can be told.
///
/// # Rounding
/// Floor, to 18 decimals.
pub(crate) fn per_token(
    (value, asset): (Amount, Decimals),
    (circulating, token): (Amount, Decimals),
) -> Option<Wad> {
    let [asset, token] = [asset, token].map(|decimals| u32::from(decimals.get()));
    let scale = u32::from(Wad::DECIMALS) + token;
    let raw = match scale.checked_sub(asset) {
        Some(power) => {
            let first = 10_u128.checked_pow(power.min(38))?;
            let (quotient, remainder) = divided(value.get(), first, circulating.get())?;
            // Where the scale itself can't be counted, what is left is scaled by the rest of it.
            let rest = 10_u128.checked_pow(power.saturating_sub(38))?;
            let (more, _) = divided(remainder, rest, circulating.get())?;
            quotient.checked_mul(rest)?.checked_add(more)?
        }
        None => {
            let divisor = 10_u128.checked_pow(asset - scale)?;
            let quotient = mul_div(value.get(), 1, circulating.get(), Rounding::Floor).ok()?;
            quotient / divisor
        }
    };
    Some(Wad::from_raw(raw))
}

/// Returns `value · scale / divisor`, rounded down, and the remainder; `None` where that can't be counted.
fn divided(value: u128, scale: u128, divisor: u128) -> Option<(u128, u128)> {
    let quotient = mul_div(value, scale, divisor, Rounding::Floor).ok()?;
    // Less than the divisor, so that the lowest 128 bits of both products give it.
    let exact = value.wrapping_mul(scale);
    Some((quotient, exact.wrapping_sub(quotient.wrapping_mul(divisor))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: u128, asset: u8, circulating: u128, token: u8) -> Option<String> {
        let decimals = |count| Decimals::new(count).unwrap();
        let value = (Amount::new(value), decimals(asset));
        let circulating = (Amount::new(circulating), decimals(token));
        per_token(value, circulating).map(|wad| wad.to_string())
    }

    #[test]
    fn a_value_is_divided_in_whole_units_of_both() {
        let token = 10_u128.pow(18);
        // 500 USDC among 1,000 tokens.
        let half = told(500_000_000, 6, 1_000 * token, 18);
        assert_eq!(half.as_deref(), Some("0.5"));
        assert_eq!(told(1, 0, 3, 0).as_deref(), Some("0.333333333333333333"));
        assert_eq!(told(7 * token, 18, 2, 0).as_deref(), Some("3.5"));
        assert_eq!(told(0, 6, 5, 6).as_deref(), Some("0"));
    }

    #[test]
    fn a_sum_is_of_all_months_or_none() {
        let [one, most] = [Some(Wad::from_raw(1)), Some(Wad::MAX)];
        assert_eq!(sum_of(&[]), None);
        assert_eq!(sum_of(&[one, one, Some(Wad::ZERO)]), Some(Wad::from_raw(2)));
        assert_eq!(sum_of(&[most]), most);
        // No sum of the months after one that is too much.
        assert_eq!(sum_of(&[most, one, one]), None);
        assert_eq!(sum_of(&[None, one]), None);
        assert_eq!(sum_of(&[one, None]), None);
    }

    #[test]
    fn extremes_have_a_value_or_none() {
        assert_eq!(told(1, 6, 0, 18), None);
        assert_eq!(told(1, 38, u128::MAX, 0).as_deref(), Some("0"));
        assert_eq!(
            told(u128::MAX, 38, 1, 0).as_deref(),
            Some("3.402823669209384634")
        );
        assert_eq!(told(u128::MAX, 0, 1, 38), None);
        // A unit of a token with 38 decimals: the quotient has more digits than are needed.
        assert_eq!(told(2, 0, 10_u128.pow(38), 38).as_deref(), Some("2"));
        assert_eq!(told(3, 0, 2 * 10_u128.pow(38), 38).as_deref(), Some("1.5"));
    }
}

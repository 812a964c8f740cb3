//! Support of alloy: conversions of its `U256`, which is that of ruint, exact or an error that names the
//! value.

use crate::{Amount, Error, U256};

type Uint = ruint::Uint<256, 4>;

/// Returns the two halves.
fn halves(integer: Uint) -> U256 {
    let [first, second, third, fourth] = integer.into_limbs().map(u128::from);
    U256::new(third | (fourth << 64), first | (second << 64))
}

/// Returns the 64 bits above `shift`.
fn limb(half: u128, shift: u32) -> u64 {
    // 64 bits are left: never the fallback.
    let shifted = half.checked_shr(shift).unwrap_or(0) & u128::from(u64::MAX);
    u64::try_from(shifted).unwrap_or(u64::MAX)
}

impl From<Uint> for U256 {
    fn from(integer: Uint) -> Self {
        halves(integer)
    }
}

impl From<U256> for Uint {
    fn from(wide: U256) -> Self {
        let (high, low) = (wide.high(), wide.low());
        Self::from_limbs([limb(low, 0), limb(low, 64), limb(high, 0), limb(high, 64)])
    }
}

impl From<Amount> for Uint {
    fn from(amount: Amount) -> Self {
        U256::from(amount.get()).into()
    }
}

/// # Errors
/// [`Error::Overflow`] above [`Amount::MAX`].
impl TryFrom<Uint> for Amount {
    type Error = Error;

    fn try_from(integer: Uint) -> Result<Self, Error> {
        halves(integer).to_u128().map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALVES: [u128; 7] = [
        0,
        1,
        20,
        u64::MAX as u128,
        1 << 64,
        u128::MAX - 1,
        u128::MAX,
    ];

    #[test]
    fn every_integer_is_the_same_there() {
        for high in HALVES {
            for low in HALVES {
                let wide = U256::new(high, low);
                let there: Uint = wide.into();
                assert_eq!(there, (Uint::from(high) << 128) | Uint::from(low));
                assert_eq!(U256::from(there), wide);
                let refused = Error::Overflow {
                    bits: wide.bits(),
                    max: u128::MAX,
                };
                let fits = (high == 0).then_some(Amount::new(low)).ok_or(refused);
                assert_eq!(Amount::try_from(there), fits);
            }
            let there: Uint = Amount::new(high).into();
            assert_eq!(there, Uint::from(high));
        }
    }
}

//! Markets of plain numbers.

use num_bigint::BigUint;
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{
    Amplification, ConstantProduct, Error, Fee, Market, Sell, StableSwap, StableSwapState, Swap,
};

/// The numbers that a market is made of: each kind takes of them what it has.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Draw {
    pub kind: Kind,
    pub reserves: [u128; 2],
    /// The fee in parts, and how many parts make the whole.
    pub fee: [u64; 2],
    /// What else the kind has: weights, an amplification, a range.
    pub shape: [u64; 2],
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    ConstantProduct,
    StableSwap,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::ConstantProduct, Self::StableSwap];

    /// One of them, of any number.
    pub fn of(number: u8) -> Self {
        Self::ALL[usize::from(number) % Self::ALL.len()]
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Kind {
    fn arbitrary(bytes: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u8::arbitrary(bytes).map(Self::of)
    }

    fn size_hint(depth: usize) -> (usize, Option<usize>) {
        u8::size_hint(depth)
    }
}

/// A market that trades.
pub trait Trade: Market {
    fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error>;
    fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error>;
    /// All that it could pay of Token0 and of Token1.
    fn held(&self) -> [Amount; 2];
    /// The most that a sale in parts may fetch without a fee: no more than in one, where nothing else is
    /// said.
    fn most(&self, sell: Sell, amount_in: Amount) -> Result<Amount, Error> {
        let swap = self.quote_exact_in(sell, amount_in)?;
        Ok(swap.amount_out)
    }
}

impl Draw {
    pub fn without_fee(self) -> Self {
        Self {
            fee: [0, 1],
            ..self
        }
    }

    /// The fee, brought below the whole.
    pub fn fee(&self) -> Fee {
        let [parts, whole] = self.fee;
        let whole = whole.max(1);
        Fee::new(parts % whole, whole).unwrap()
    }

    /// The reserves, none of which is 0.
    pub fn reserves(&self) -> [Amount; 2] {
        self.reserves.map(|reserve| Amount::new(reserve.max(1)))
    }

    pub fn market(&self) -> Box<dyn Trade> {
        match self.kind {
            Kind::ConstantProduct => Box::new(self.constant_product()),
            Kind::StableSwap => Box::new(self.stable_swap([RATE; 2])),
        }
    }

    pub fn constant_product(&self) -> ConstantProduct {
        let [reserve0, reserve1] = self.reserves();
        ConstantProduct::new(reserve0, reserve1, self.fee()).unwrap()
    }
}

/// A rate of 1.
pub const RATE: u128 = 1_000_000_000_000_000_000;

/// The direction of any number.
pub fn sell(number: bool) -> Sell {
    Sell::BOTH[usize::from(number)]
}

/// An integer without a limit.
pub fn big(number: impl Into<u128>) -> BigUint {
    BigUint::from(number.into())
}

impl Draw {
    /// A stable pool: the shape is its amplification and, of more than two coins, the other balances.
    pub fn stable_swap<const N: usize>(&self, rates: [u128; N]) -> StableSwap<N> {
        let [shape, others] = self.shape;
        let hundredths = match shape {
            0..=20 => 100 * (1 + shape),
            _ => 100 + shape % 99_999_901,
        };
        let amplification = Amplification::from_hundredths(hundredths.try_into().unwrap());
        let mut balances = [Amount::new(1 + u128::from(others)); N];
        balances[..2].copy_from_slice(&self.reserves());
        StableSwap::restore(StableSwapState {
            balances,
            rates,
            amplification: amplification.unwrap(),
            fee: self.fee(),
            shares: balances[1],
        })
        .unwrap()
    }
}

impl Trade for StableSwap<2> {
    fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let (from, to) = coins(sell);
        self.swap_exact_in(from, to, amount_in)
    }
    fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let (from, to) = coins(sell);
        self.swap_exact_out(from, to, amount_out)
    }
    fn held(&self) -> [Amount; 2] {
        self.balances()
    }
    fn most(&self, sell: Sell, amount_in: Amount) -> Result<Amount, Error> {
        let ideal = self.pair(0, 1)?.ideal_exact_in(sell, amount_in)?;
        Ok(ideal.amount_out)
    }
}

/// The coin sold and the one bought.
pub fn coins(sell: Sell) -> (usize, usize) {
    match sell {
        Sell::Token0 => (0, 1),
        Sell::Token1 => (1, 0),
    }
}

/// Implements [`Trade`] by a kind's own methods.
macro_rules! trade {
    ($type:ty) => {
        impl Trade for $type {
            fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
                <$type>::swap_exact_in(self, sell, amount_in)
            }
            fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
                <$type>::swap_exact_out(self, sell, amount_out)
            }
            fn held(&self) -> [Amount; 2] {
                [self.reserve0(), self.reserve1()]
            }
        }
    };
}

trade! { ConstantProduct }

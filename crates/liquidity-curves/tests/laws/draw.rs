//! Markets of plain numbers.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Fraction, Ratio};
use tokenomics_liquidity_curves::{
    Amplification, ConstantProduct, Error, Fee, Ladder, Level, Market, Sell, StableSwap,
    StableSwapState, Swap, Weighted,
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
    Ladder,
    StableSwap,
    Weighted,
}

impl Kind {
    pub const ALL: [Self; 4] = [
        Self::ConstantProduct,
        Self::Ladder,
        Self::StableSwap,
        Self::Weighted,
    ];

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
    /// Whether what is handed in leaves the market, and all that it holds can be bought.
    fn is_book(&self) -> bool {
        false
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
            Kind::Ladder => Box::new(self.ladder()),
            Kind::StableSwap => Box::new(self.stable_swap([RATE; 2])),
            Kind::Weighted => Box::new(self.weighted()),
        }
    }

    pub fn constant_product(&self) -> ConstantProduct {
        let [reserve0, reserve1] = self.reserves();
        ConstantProduct::new(reserve0, reserve1, self.fee()).unwrap()
    }

    /// Three levels of the reserve on either side, smaller if they are worth more than fits.
    pub fn ladder(&self) -> Ladder<4> {
        let [number, form] = self.shape;
        let best = 4 + number % 1_000;
        let tick = match form % 4 {
            0 => Ratio::new(1, u128::from(form) + 1),
            1 => Ratio::new(u128::from(form), 3),
            _ => Ratio::new(1 + u128::from(form) % 20, 1 + u128::from(number) % 7),
        };
        let [ask, bid] = [best + 1 + form % 5, best];
        let side = |amount: u128, prices: [u64; 3]| {
            let amounts = [amount - amount / 2 - amount / 4, amount / 2, amount / 4];
            let levels = prices.into_iter().zip(amounts.map(Amount::new));
            levels
                .filter(|(_, amount)| !amount.is_zero())
                .map(|(price, amount)| Level { price, amount })
                .collect::<Vec<_>>()
        };
        let made = (0..128).find_map(|down| {
            let [asked, wanted] = self.reserves().map(|reserve| reserve.get() >> down);
            let bids = side(wanted, [bid, bid - 1, bid - 3]);
            let asks = side(asked, [ask, ask + 1, ask + 300]);
            Ladder::new(tick.unwrap(), &bids, &asks, self.fee()).ok()
        });
        made.unwrap()
    }

    /// Weights of whole percents, or of any 18 decimals.
    pub fn weighted(&self) -> Weighted<2> {
        let [number, form] = self.shape;
        let weight = match form % 4 {
            0 => Fraction::from_raw(1 + number % (Fraction::SCALE - 1)),
            _ => Fraction::from_percent(1 + number % 99),
        };
        let weight = weight.unwrap();
        let weights = [weight, weight.complement()];
        Weighted::new(self.reserves(), weights, self.fee()).unwrap()
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

impl Trade for Weighted<2> {
    fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        let from = usize::from(sell == Sell::Token1);
        self.swap_exact_in(from, 1 - from, amount_in)
    }

    fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        let from = usize::from(sell == Sell::Token1);
        self.swap_exact_out(from, 1 - from, amount_out)
    }

    fn held(&self) -> [Amount; 2] {
        self.reserves()
    }
}

impl Trade for Ladder<4> {
    fn swap_exact_in(&mut self, sell: Sell, amount_in: Amount) -> Result<Swap, Error> {
        self.swap_exact_in(sell, amount_in)
    }

    fn swap_exact_out(&mut self, sell: Sell, amount_out: Amount) -> Result<Swap, Error> {
        self.swap_exact_out(sell, amount_out)
    }

    fn held(&self) -> [Amount; 2] {
        self.held().unwrap()
    }

    fn is_book(&self) -> bool {
        true
    }
}

impl Draw {
    /// A stable pool: the shape is its amplification and, of more than two coins, the other reserves.
    pub fn stable_swap<const N: usize>(&self, rates: [u128; N]) -> StableSwap<N> {
        let [shape, others] = self.shape;
        let hundredths = match shape {
            0..=20 => 100 * (1 + shape),
            _ => 100 + shape % 99_999_901,
        };
        let amplification = Amplification::from_hundredths(hundredths.try_into().unwrap());
        let mut reserves = [Amount::new(1 + u128::from(others)); N];
        reserves[..2].copy_from_slice(&self.reserves());
        StableSwap::restore(StableSwapState {
            reserves,
            rates,
            amplification: amplification.unwrap(),
            fee: self.fee(),
            shares: reserves[1],
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
        self.reserves()
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

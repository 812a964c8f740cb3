//! Positions of 16 holdings: their health, and their liquidation.

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Rounding, Span, Wad};
use tokenomics_haircut_collateral::{
    impact_haircut, CloseFactor, Composition, ConcentrationCap, ConcentrationThreshold, Confidence,
    CorrelationGroups, Debt, DepthBudget, EarlyExit, FixedIncentive, GroupSet, Haircut, Holding,
    Incentive, Liquidation, LiquidationTerms, LiquidityRange, Margin, Portfolio, PreparedExit,
    PreparedVolatility, PriceAge, SquareRootSize, TimeToExit, Volatility,
};

use crate::random::Random;

/// What these crates are called here.
pub const OURS: &str = "tokenomics-haircut-collateral";

/// Positions that are drawn.
const POSITIONS: usize = 16;

/// A position of 16 holdings and 4 debts.
pub struct Position {
    holdings: [Holding; 16],
    debts: [Debt; 4],
}

/// Positions that can be liquidated and are solvent: amounts of up to 90 bits, prices of 18 decimals with
/// static haircuts of 20% and 14%, and debts of 88% to 93% of the value.
pub fn positions() -> Vec<Position> {
    let mut random = Random::new(0x636f_6c6c);
    let percent = |percent| Fraction::from_percent(percent).expect("at most 100");
    let haircut = Haircut::new(percent(20), percent(14)).expect("in order");
    let position = |_| {
        let holdings = [(); 16].map(|()| {
            let amount = Amount::new(random.bits(90).max(1 << 60));
            let price = Wad::from_raw(random.bits(70).max(1 << 50));
            Holding::new(amount, price.into(), haircut)
        });
        let value = Portfolio::new(&holdings, &[])
            .value()
            .expect("it fits")
            .get();
        let owed = value / 400 * (88 + u128::from(random.below(6)));
        let debt = Debt::new(Amount::new(owed), Ratio::from(Wad::ONE), Haircut::NONE);
        let debts = [debt.expect("a price of 1"); 4];
        Position { holdings, debts }
    };
    (0..POSITIONS).map(position).collect()
}

/// A bonus of 3%, to a health of 1.05.
pub fn terms() -> LiquidationTerms {
    let factor = FixedIncentive::new(Wad::from_percent(103).expect("it fits")).expect("in range");
    let target = Wad::from_percent(105).expect("it fits");
    let dust = Amount::new(1_000);
    LiquidationTerms::new(target, CloseFactor::WHOLE, Incentive::Fixed(factor), dust)
        .expect("in range")
}

impl Position {
    /// Returns whether it may stay open.
    pub fn is_healthy(&self) -> bool {
        Portfolio::new(&self.holdings, &self.debts).is_healthy(Margin::Maintenance)
    }

    /// Returns its liquidation.
    pub fn liquidate(&self, terms: &LiquidationTerms) -> Liquidation {
        let portfolio = Portfolio::new(&self.holdings, &self.debts);
        terms
            .liquidate(&portfolio, Amount::MAX)
            .expect("it isn't healthy")
    }

    /// Returns whether a liquidation of it keeps its promises.
    pub fn verify(&self, terms: &LiquidationTerms, liquidation: &Liquidation) -> bool {
        let portfolio = Portfolio::new(&self.holdings, &self.debts);
        liquidation.verify(terms, &portfolio).is_ok()
    }
}

/// The rules of one asset, and what is observed of it.
pub struct Rules {
    total: Amount,
    depth: DepthBudget,
    cap: ConcentrationCap,
    threshold: ConcentrationThreshold,
    root: SquareRootSize,
    pool: (Amount, Amount),
    age: (PriceAge, Span),
    confidence: (Confidence, Wad),
    volatility: (PreparedVolatility, Wad),
    groups: [Haircut; 4],
    range: (LiquidityRange, Wad),
    fall: Fraction,
    exit: (PreparedExit, Span),
}

/// A position, and the rules of its assets.
pub struct Ruled {
    /// The position.
    pub position: Position,
    rules: [Rules; 16],
    /// The haircuts of its assets that are the same for all holders, evaluated once in a block.
    market: [Haircut; 16],
}

/// The positions, each with rules drawn for each of its assets.
pub fn ruled() -> Vec<Ruled> {
    let mut random = Random::new(0x7275_6c65);
    let ruled = |position: Position| {
        let rules = position
            .holdings
            .map(|holding| rules(&mut random, &holding));
        let mut market = [Haircut::NONE; 16];
        for ((market, rules), holding) in market.iter_mut().zip(&rules).zip(&position.holdings) {
            *market = rules.of_market(holding);
        }
        Ruled {
            position,
            rules,
            market,
        }
    };
    positions().into_iter().map(ruled).collect()
}

fn rules(random: &mut Random, holding: &Holding) -> Rules {
    let percent = |percent| Fraction::from_percent(percent).expect("at most 100");
    let wad = |percent| Wad::from_percent(percent).expect("it fits");
    let times = |n: u128| Amount::new(holding.amount().get() * n);
    let mark = Wad::from_raw(holding.price().numerator());
    let quote = times(1_000)
        .mul_ratio(mark.into(), Rounding::Floor)
        .expect("it fits");
    let year = Span::from_days(365);
    let lower = Ratio::new(mark.raw() / 2, Wad::ONE.raw()).expect("not 0");
    let upper = Ratio::new(mark.raw() * 2, Wad::ONE.raw()).expect("not 0");
    let volatility = Volatility::new(wad(233), Span::from_hours(1), percent(12)).expect("in range");
    let exit = TimeToExit::new(wad(20), year).expect("in range");
    let early = EarlyExit {
        penalty: percent(10),
        wait: Span::from_days(7),
    };
    Rules {
        total: times(2 + u128::from(random.below(8))),
        depth: DepthBudget::new(times(500), percent(2)).expect("in range"),
        cap: ConcentrationCap::new(times(8)),
        threshold: ConcentrationThreshold::new(times(4)).expect("not 0"),
        root: SquareRootSize::new(
            Fraction::from_bps(1).expect("in range"),
            Decimals::new(18).expect("in range"),
        ),
        pool: (times(1_000), quote),
        age: (
            PriceAge::new(Span::new(60), Span::new(3_600)).expect("in order"),
            Span::new(60 + random.below(600)),
        ),
        confidence: (Confidence::new(wad(212)), Wad::from_raw(mark.raw() / 500)),
        volatility: (
            volatility.over(Span::from_days(1)),
            Wad::from_raw(8_506_104_455_725_786 + u128::from(random.below(1 << 40))),
        ),
        groups: [Haircut::uniform(percent(18)); 4],
        range: (
            LiquidityRange::new(lower, Some(upper)).expect("in order"),
            Wad::from_raw(1_000_000_000_000_000),
        ),
        fall: percent(12),
        exit: (
            exit.with_early_exit(early),
            Span::new(86_400 * (30 + random.below(300))),
        ),
    }
}

impl Rules {
    /// Returns the static haircut with that by size.
    fn of_size(&self, holding: &Holding) -> Haircut {
        holding.haircut().and(self.of_depth())
    }

    /// Returns the haircut of the total of all holders.
    fn of_depth(&self) -> Haircut {
        Haircut::initial_only(self.depth.haircut(self.total))
    }

    /// Returns the product of every rule for a token: of size, price, market, group and time.
    fn of_token(&self, holding: &Holding) -> Haircut {
        self.of_holder(holding, &self.of_market(holding))
    }

    /// Returns the product of the rules that are the same for all holders: of the total that they hold
    /// together, of the price and of the market.
    fn of_market(&self, holding: &Holding) -> Haircut {
        let price = Wad::from_raw(holding.price().numerator());
        let maintenance = holding.haircut().fraction(Margin::Maintenance);
        let market = |amount: Amount| {
            let (held, quote) = self.pool;
            let after = held.checked_add(amount).ok()?;
            let paid = quote.mul_div(amount.get(), after.get(), Rounding::Floor);
            paid.ok()
        };
        let (age, since) = &self.age;
        let (confidence, interval) = &self.confidence;
        let (volatility, deviation) = &self.volatility;
        let of_size = [
            self.cap.haircut(self.total),
            self.threshold.haircut(maintenance, self.total),
            impact_haircut(&market, holding.price(), self.total),
        ];
        let of_price = [
            age.haircut(*since),
            confidence.haircut(price, *interval),
            volatility.haircut(*deviation),
        ];
        let [size, price] = [of_size, of_price]
            .map(|rules| Composition::Product.compose(rules.map(Haircut::uniform)));
        size.and(price).and(self.of_depth())
    }

    /// Returns the product of the rules of a holder, of group, size and time, and of what is the same for
    /// all.
    fn of_holder(&self, holding: &Holding, market: &Haircut) -> Haircut {
        let (exit, left) = &self.exit;
        let rules = [self.root.haircut(holding.amount()), exit.haircut(*left)];
        let groups = CorrelationGroups::new(&self.groups);
        let own = groups.haircut(holding.haircut(), GroupSet::of(2));
        let holder = Composition::Product.compose(rules.map(Haircut::uniform));
        own.and(holder).and(*market)
    }

    /// Returns the product of every rule that there is, with that of liquidity.
    fn every(&self, holding: &Holding) -> Haircut {
        let fall = self.fall;
        let (range, variance) = &self.range;
        let liquidity = range.haircut(holding.price(), fall, *variance);
        self.of_token(holding).and(Haircut::uniform(liquidity))
    }
}

impl Ruled {
    /// Returns whether it may be opened, with the static haircuts and those by size.
    pub fn is_healthy_by_size(&self) -> bool {
        self.is_healthy(|rules, holding, _| rules.of_size(holding))
    }

    /// Returns whether it may be opened, with every haircut of a token.
    pub fn is_healthy_by_token(&self) -> bool {
        self.is_healthy(|rules, holding, _| rules.of_token(holding))
    }

    /// Returns the same where the haircuts that are the same for all holders are known: only those of the
    /// holder are computed.
    pub fn is_healthy_by_holder(&self) -> bool {
        self.is_healthy(Rules::of_holder)
    }

    /// Returns whether it may be opened, with every haircut.
    pub fn is_healthy_by_all(&self) -> bool {
        self.is_healthy(|rules, holding, _| rules.every(holding))
    }

    fn is_healthy(&self, haircut: impl Fn(&Rules, &Holding, &Haircut) -> Haircut) -> bool {
        let mut holdings = self.position.holdings;
        let rules = self.rules.iter().zip(&self.market);
        for (holding, (rules, market)) in holdings.iter_mut().zip(rules) {
            let haircut = haircut(rules, holding, market);
            *holding = Holding::new(holding.amount(), holding.price(), haircut);
        }
        Portfolio::new(&holdings, &self.position.debts).is_healthy(Margin::Initial)
    }
}

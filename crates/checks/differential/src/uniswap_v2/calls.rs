//! The calls that are made here and there.

use revm::primitives::U256;
use tokenomics_fixed_math::Amount;
use tokenomics_liquidity_curves::{ConstantProduct, Sell};

use super::{LOCKED, WIDEST};
use crate::draw::Random;

/// A call, in base units.
#[derive(Debug)]
pub enum Call {
    Sale(Sell, u128),
    Purchase(Sell, u128),
    /// What is offered, and that all of it is sent, not just what is taken here.
    Deposit([u128; 2], bool),
    Withdrawal(u128),
}

impl Call {
    pub fn draw(pool: &ConstantProduct, random: &mut Random) -> Self {
        let reserves = [pool.reserve0(), pool.reserve1()].map(Amount::get);
        let sell = random.one_of(&Sell::BOTH);
        let [sold, bought] = match sell {
            Sell::Token0 => reserves,
            Sell::Token1 => [reserves[1], reserves[0]],
        };
        match random.up_to(5) {
            0 | 1 => {
                let room = WIDEST - sold;
                let about = random.one_of(&[sold, sold, room]);
                Self::Sale(sell, random.about(about))
            }
            2 | 3 => Self::Purchase(sell, random.about(bought)),
            4 => Self::Deposit(draw_deposit(reserves, random), random.up_to(1) == 0),
            _ => {
                let all = pool.shares().get();
                let about = random.one_of(&[all, all, all - LOCKED]);
                Self::Withdrawal(random.about(about))
            }
        }
    }
}

/// In proportion to the reserves, about so, or not at all.
fn draw_deposit([reserve0, reserve1]: [u128; 2], random: &mut Random) -> [u128; 2] {
    let amount0 = random.about(reserve0);
    let amount1 = U256::from(amount0) * U256::from(reserve1) / U256::from(reserve0);
    let amount1 = u128::try_from(amount1).unwrap_or(u128::MAX);
    let few = u128::from(random.up_to(2));
    let any = random.about(reserve1);
    let amount1 = random.one_of(&[amount1, amount1.saturating_add(few), any]);
    [amount0, amount1]
}

/// None, a few, any number of bits, up to the widest of them or beyond.
pub fn draw_reserve(random: &mut Random) -> u128 {
    let few = u128::from(random.up_to(2_000));
    let wide = random.wide() >> 16;
    let (any, usual) = (wide >> random.up_to(111), wide >> random.up_to(80));
    let wider = random.amount();
    let edge = random.one_of(&[WIDEST - few, WIDEST, wider]);
    random.one_of(&[few, any, any, usual, usual, usual, usual, edge])
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokenomics_liquidity_curves::Fee;

    #[test]
    fn every_edge_is_drawn() {
        let mut random = Random::new(1);
        let pool = ConstantProduct::new(Amount::new(5_000), Amount::new(WIDEST), Fee::UNISWAP_V2);
        let pool = pool.unwrap();
        let all = pool.shares().get();
        let calls: Vec<_> = (0..20_000)
            .map(|_| Call::draw(&pool, &mut random))
            .collect();
        let some =
            |edge: &dyn Fn(&Call) -> bool| calls.iter().filter(|call| edge(call)).count() > 9;
        for sell in Sell::BOTH {
            assert!(some(
                &|call| matches!(call, Call::Sale(of, 1) if *of == sell)
            ));
            assert!(some(
                &|call| matches!(call, Call::Purchase(of, 1) if *of == sell)
            ));
        }
        assert!(some(&|call| matches!(
            call,
            Call::Purchase(Sell::Token1, 4_999)
        )));
        assert!(some(&|call| matches!(
            call,
            Call::Purchase(Sell::Token1, 5_000)
        )));
        assert!(some(&|call| matches!(
            call,
            Call::Deposit([1..=20, _], true)
        )));
        assert!(some(&|call| matches!(call, Call::Deposit(_, false))));
        assert!(some(
            &|call| matches!(call, Call::Withdrawal(shares) if *shares == all - LOCKED)
        ));
        assert!(some(
            &|call| matches!(call, Call::Withdrawal(shares) if *shares > all)
        ));
        let reserves: Vec<_> = (0..5_000).map(|_| draw_reserve(&mut random)).collect();
        for edge in [0, WIDEST] {
            assert!(reserves.iter().filter(|reserve| **reserve == edge).count() > 2);
        }
        assert!(reserves.iter().filter(|reserve| **reserve > WIDEST).count() > 9);
    }
}

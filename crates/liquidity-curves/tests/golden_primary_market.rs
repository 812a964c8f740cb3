//! Figures of primary markets, each with its source.

use tokenomics_fixed_math::{Amount, Ratio, Rounding, Span, Timestamp};
use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};

const TOKEN: u128 = 1_000_000_000_000_000_000;

/// A market at par: claims minted, and a part of their backing lost.
fn primary_market(params: PrimaryMarketParams, minted: u128, lost: u128) -> PrimaryMarket {
    let mut market = PrimaryMarket::new(params, Timestamp::ZERO).unwrap();
    market.mint(Amount::new(minted), Timestamp::ZERO).unwrap();
    market
        .lose_backing(Amount::new(lost), Timestamp::ZERO)
        .unwrap();
    market
}

/// The falling floor of par redemption, (A − r)/(S − r), in 15 digits: USDC in March 2023, with 36.7 of
/// 40 billion at hand; 4.46 were redeemed from the 10th to the 15th.
#[test]
fn the_floor_falls_with_each_redemption_at_par() {
    let billions = |tenths: u128| tenths * TOKEN / 10;
    let market = primary_market(PrimaryMarketParams::PAR, billions(400), billions(33));
    let floors = [
        (0, 917_500_000_000_000),
        (4_460_000_000_000_000_000, 907_146_876_758_582),
        (billions(100), 890_000_000_000_000),
        (billions(200), 835_000_000_000_000),
        (billions(300), 670_000_000_000_000),
        (billions(367), 0),
    ];
    for (redeemed, floor) in floors {
        let quoted = market.backing_after(Amount::new(redeemed)).unwrap();
        let mut after = market;
        if redeemed > 0 {
            let all = after
                .redeem(Amount::new(redeemed), Timestamp::ZERO)
                .unwrap();
            assert_eq!(all.redeemed.amount.get(), redeemed);
        }
        let state = after.state();
        let left = Ratio::new(state.backing.get(), state.outstanding.get()).unwrap();
        assert_eq!(quoted, left);
        let digits = Amount::new(1_000_000_000_000_000).mul_ratio(left, Rounding::HalfEven);
        assert_eq!(digits.unwrap().get(), floor, "{redeemed}");
    }
}

/// With a minimum of 0.9, 7 of those 40 are paid: 29.7 of 33 are left. The others wait for new backing.
#[test]
fn redemptions_wait_where_they_would_take_the_backing_below_its_minimum() {
    let billions = |tenths: u128| tenths * TOKEN / 10;
    let params = PrimaryMarketParams {
        minimum_backing: Ratio::new(9, 10).unwrap(),
        ..PrimaryMarketParams::PAR
    };
    let mut market = primary_market(params, billions(400), billions(33));
    let redemption = market
        .redeem(Amount::new(billions(100)), Timestamp::ZERO)
        .unwrap();
    assert_eq!(redemption.redeemed.amount.get(), billions(70));
    market
        .add_backing(Amount::new(billions(1)), Timestamp::new(1))
        .unwrap();
    assert_eq!(market.state().served.get(), billions(80));
}

/// At 1/1,000 the floor of 999 claims is 0, and the next one takes it to 1.
#[test]
fn a_ticket_is_paid_by_its_place_in_the_queue() {
    let price = Ratio::new(1, 1_000).unwrap();
    let params = PrimaryMarketParams {
        mint_price: price,
        redeem_price: price,
        ..PrimaryMarketParams::PAR
    };
    let mut market = PrimaryMarket::new(params, Timestamp::ZERO).unwrap();
    market.mint(Amount::new(1), Timestamp::ZERO).unwrap();
    for (claims, paid) in [(999, 0), (1, 1)] {
        let redemption = market.redeem(Amount::new(claims), Timestamp::ZERO);
        let redeemed = redemption.unwrap().redeemed;
        assert_eq!(redeemed.claims, Amount::new(claims));
        assert_eq!(redeemed.amount, Amount::new(paid));
    }
}

/// Ethereum's exit queue: 256 ETH an epoch of 384 seconds, so 1.6 million take 27.78 days.
#[test]
fn an_exit_queue_is_as_long_as_its_churn_says() {
    let params = PrimaryMarketParams {
        period: Span::new(384),
        redeem_capacity: Amount::new(256),
        ..PrimaryMarketParams::PAR
    };
    let mut market = primary_market(params, 34_000_000, 0);
    let exit = Amount::new(1_600_000);
    let mut ticket = market.redeem(exit, Timestamp::ZERO).unwrap().ticket;
    let epoch = |number: u64| Timestamp::new(number * 384);
    market.claim(&mut ticket, epoch(6_248)).unwrap();
    assert_eq!(ticket.left(), Amount::new(256));
    market.claim(&mut ticket, epoch(6_249)).unwrap();
    assert_eq!(ticket.left(), Amount::ZERO);
    // The end of that epoch, in hundredths of a day.
    assert_eq!(epoch(6_250).get() * 100 / 86_400, 2_777);
}

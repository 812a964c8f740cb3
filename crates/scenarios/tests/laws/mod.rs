//! The laws of backtests, as functions over plain numbers.

mod replay;

use tokenomics_design::calendar;
use tokenomics_fixed_math::{Amount, Decimals, Fraction, Span, Timestamp, Wad};
use tokenomics_haircut_collateral::{
    CloseFactor, DepthBudget, FixedIncentive, Haircut, Incentive, LiquidationTerms,
};
use tokenomics_scenarios::backtest::{
    backtest, read_path, seen, Backtest, Liquidators, Market, Outcome, Point, PricePath, Setting,
};

pub(crate) use replay::Numbers;
use replay::Plain;

/// A path of whole prices, each after a gap of so many minutes and one more.
fn path(rows: &[(u8, u16)]) -> Option<PricePath> {
    let mut at = 0;
    let points = rows.iter().map(|(gap, price)| {
        at += 60 * (u64::from(*gap) + 1);
        Point {
            at: Timestamp::new(at),
            price: Wad::from_integer(u128::from(*price)).unwrap(),
        }
    });
    PricePath::new(points.collect(), 0)
}

/// Brings any numbers into a setting that can be walked.
fn setting(plain: &Plain) -> Setting {
    let incentive = Wad::from_percent(u128::from(plain.factor)).unwrap();
    let incentive = Incentive::Fixed(FixedIncentive::new(incentive).unwrap());
    let target = Wad::from_percent(u128::from(plain.target)).unwrap();
    let terms = LiquidationTerms::new(target, CloseFactor::WHOLE, incentive, Amount::ZERO);
    let cost = Fraction::from_percent(u64::from(plain.cost)).unwrap();
    let depth = DepthBudget::new(Amount::new(u128::from(plain.depth)), cost).unwrap();
    let recovers = Span::new(60 * u64::from(plain.recovers));
    Setting {
        total: Amount::new(u128::from(plain.held)),
        liquidators: Liquidators {
            terms: terms.unwrap(),
            late: Span::new(60 * u64::from(plain.late)),
            market: Market::new(depth, recovers).unwrap(),
        },
        listed: None,
    }
}

fn walked(rows: &[(u8, u16)], plain: &Plain) -> Option<Backtest> {
    let path = path(rows)?;
    let none = Decimals::new(0).unwrap();
    let seen = seen(&path, none, none, &[]).unwrap();
    let percent = |percent: u8| Fraction::from_percent(percent.into()).unwrap();
    let haircut = Haircut::new(percent(plain.initial), percent(plain.maintenance)).unwrap();
    let haircuts = vec![haircut; seen.len()];
    Some(backtest(&path, &seen, &haircuts, &setting(plain)).unwrap())
}

/// Each position is in its parts: seized + left = opened, repaid + written off + open = borrowed; its sales
/// sum to what it says, and none is made at a loss but where the position was insolvent.
pub(crate) fn backtest_conserves(rows: &[(u8, u16)], numbers: Numbers) {
    let plain = &Plain::of(numbers);
    let Some(walked) = walked(rows, plain) else {
        return;
    };
    for rule in &walked.rules {
        for outcome in [&rule.at_top, &rule.before_worst_day, &rule.worst] {
            conserves(outcome);
            assert!(rule.bad_debt(outcome) <= rule.bad_debt(&rule.worst));
        }
    }
    let no_credit = walked.rules.last().unwrap();
    assert!(no_credit.worst.bad_debt().is_zero() && no_credit.worst.borrowed.is_zero());
}

fn conserves(outcome: &Outcome) {
    let sum = |parts: &[Amount]| Amount::try_sum(parts.iter().copied()).unwrap();
    assert_eq!(sum(&[outcome.seized, outcome.left]), outcome.opened);
    let debt = [outcome.repaid, outcome.written_off, outcome.open];
    assert_eq!(sum(&debt), outcome.borrowed);
    let sales = || outcome.sales.iter();
    assert_eq!(
        Amount::try_sum(sales().map(|sale| sale.seized)),
        Ok(outcome.seized)
    );
    assert_eq!(
        Amount::try_sum(sales().map(|sale| sale.repaid)),
        Ok(outcome.repaid)
    );
    for sale in sales() {
        assert!(sale.proceeds >= sale.repaid, "{sale:?}");
        assert!(sale.row > outcome.row);
    }
    assert!(outcome.shortfall <= outcome.open);
    assert!(outcome.bad_debt() <= outcome.borrowed);
}

/// A walk is what schoolbook arithmetic on 128 bits makes of it, row by row and for every opening.
pub(crate) fn backtest_is_replayed(rows: &[(u8, u16)], numbers: Numbers) {
    let plain = &Plain::of(numbers);
    let Some(walked) = walked(rows, plain) else {
        return;
    };
    let replayed: Vec<_> = (0..rows.len())
        .map(|row| replay::walk(rows, plain, row))
        .collect();
    let design = &walked.rules[0];
    for outcome in [&design.at_top, &design.before_worst_day, &design.worst] {
        replay::same(outcome, &replayed[outcome.row]);
    }
    let shares: Vec<_> = replayed.iter().map(replay::End::share).collect();
    let told: Vec<_> = design
        .bad_debts
        .iter()
        .map(|share| u128::from(share.raw()))
        .collect();
    assert_eq!(told, shares);
}

/// Nothing that is seen at a row depends on a later one.
pub(crate) fn backtest_sees_no_future(rows: &[(u8, u16)], cut: u8) {
    let (Some(whole), Some(part)) = (path(rows), path(&rows[..rows.len().min(cut.into())])) else {
        return;
    };
    let none = Decimals::new(0).unwrap();
    let window = [Span::from_hours(1), Span::from_days(1)];
    let [whole, part] = [whole, part].map(|path| seen(&path, none, none, &window).unwrap());
    assert_eq!(whole[..part.len()], part);
}

/// No text panics; of one that is read, times rise and a path as its own table gives it again.
pub(crate) fn hostile_prices(text: &str, column: &str) {
    for column in [None, Some(column)] {
        let Ok(path) = read_path("hostile.csv", text, column) else {
            continue;
        };
        let mut again = String::from("time,price\n");
        for point in path.points() {
            again += &format!("{},{}\n", calendar::rfc3339(point.at), point.price);
        }
        let read = read_path("again.csv", &again, Some("price")).unwrap();
        assert_eq!(read.points(), path.points());
        assert!(path.top() <= path.lowest() && path.worst_day().from < path.points().len());
        let decimals = Decimals::new(18).unwrap();
        if let Ok(seen) = seen(&path, decimals, decimals, &[Span::from_days(30)]) {
            assert_eq!(seen.len(), path.points().len());
        }
    }
}

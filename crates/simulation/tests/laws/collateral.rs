//! Collateral beside schoolbook sums: what rules take, and what liquidation does at each fall.

use std::fmt::Write as _;

use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_haircut_collateral::Margin;
use tokenomics_simulation::collateral::{Breakdown, Ladder, Rung};
use tokenomics_simulation::{run, CollateralView, Design, Overrides};

use super::liquidated::{Position, Terms};

const ONE: u128 = Fraction::SCALE as u128;
const TOKEN: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[collateral]\nquote = \"USD\"\ndecimals = 0\n";

/// An asset in whole units, with percents: haircuts of a holding, add-ons of a debt.
#[derive(Debug, Clone, Copy)]
struct Asset {
    amount: u128,
    price: u128,
    initial: u128,
    maintenance: u128,
}

struct Numbers<'s>(std::slice::Iter<'s, u64>);

impl Numbers<'_> {
    fn below(&mut self, bound: u64) -> u128 {
        u128::from(self.0.next().copied().unwrap_or(7) % bound)
    }

    fn asset(&mut self, least_price: u128) -> Asset {
        let most = [20, 2_000, 1_000_000][self.below(3) as usize];
        let (initial, below) = (self.below(101), self.below(101));
        Asset {
            amount: self.below(most),
            price: least_price + self.below(1_000),
            initial,
            maintenance: below.min(initial),
        }
    }

    fn rule(&mut self, text: &mut String) {
        let amount = 1 + self.below(1_000);
        let keys = match self.below(8) {
            0 => format!("\"depth\"\namount = {amount}\ncost = 0.02"),
            1 => format!("\"cap\"\namount = {amount}"),
            2 => format!("\"threshold\"\namount = {amount}"),
            3 => "\"root\"\nfactor = 0.01".to_owned(),
            4 => format!("\"impact\"\nasset = {amount}\nquote = {}\nfee = 0.003", 1 + self.below(100_000)),
            5 => format!("\"age\"\nstale = \"1000s\"\nage = \"{amount}s\""),
            6 => format!("\"volatility\"\nmultiple = 2.33\nhorizon = \"1d\"\ndeviation = 0.0{amount}\nperiod = \"1h\""),
            _ => format!("\"exit\"\nrate = 0.2\nleft = \"{amount}d\""),
        };
        let _ = writeln!(text, "[[collateral.holding.rule]]\nkind = {keys}");
        if self.below(2) == 0 {
            text.push_str("margin = \"initial\"\n");
        }
        if self.below(2) == 0 {
            text.push_str("combine = \"worst\"\n");
        }
    }
}

fn write(text: &mut String, table: &str, name: usize, asset: Asset) {
    let percent = |percent: u128| format!("{}.{:02}", percent / 100, percent % 100);
    let _ = writeln!(
        text,
        "[[collateral.{table}]]\nname = \"{name}\"\ndecimals = 0\namount = {}\nprice = {}\ninitial = {}\nmaintenance = {}",
        asset.amount,
        asset.price,
        percent(asset.initial),
        percent(asset.maintenance)
    );
}

fn view(text: &str) -> CollateralView {
    let design = Design::parse("d", text, Overrides::default());
    let design = design.unwrap_or_else(|it| panic!("{text}\n{:?}", it.problems()));
    run(&design).unwrap().collateral.unwrap()
}

/// What the rules of an asset take, or add, is all that is between its value and what it counts for: for each
/// margin, and after each rule as schoolbook sums say. No rule makes a haircut smaller.
pub fn breakdown_sums(seed: &[u64]) {
    let mut numbers = Numbers(seed.iter());
    let (mut text, mut held) = (TOKEN.to_owned(), Vec::new());
    for index in 0..=numbers.below(4) as usize {
        let asset = numbers.asset(0);
        write(&mut text, "holding", index, asset);
        let all = asset.amount + numbers.below(1_000);
        let _ = writeln!(text, "all_holders = {all}");
        for _ in 0..numbers.below(5) {
            numbers.rule(&mut text);
        }
        held.push(asset);
    }
    let debt = Asset {
        initial: 50,
        maintenance: 20,
        ..numbers.asset(1)
    };
    write(&mut text, "debt", 0, debt);
    // At most a third of the price is added, so that no weight is above 2.
    let interval = numbers.below(30);
    let _ = writeln!(
        text,
        "[[collateral.debt.rule]]\nkind = \"confidence\"\nmultiple = 0.01\ninterval = {}",
        debt.price * interval
    );
    let view = view(&text);
    debt_adds_up(debt, interval, &view.debts[0], &text);
    for (asset, told) in held.iter().zip(&view.holdings) {
        adds_up(*asset, told, &text);
    }
    // Each is floored by itself, the whole once.
    let sum =
        |of: fn(&Breakdown) -> Amount| view.holdings.iter().map(|it| of(it).get()).sum::<u128>();
    for (whole, parts) in [
        (view.value, sum(|it| it.value)),
        (view.initial_credit, sum(|it| it.initial)),
        (view.maintenance_credit, sum(|it| it.maintenance)),
    ] {
        assert!(
            parts <= whole.get() && whole.get() < parts + held.len() as u128,
            "{text}"
        );
    }
}

/// 1 and the static add-on, and then so many percent of that.
fn debt_adds_up(debt: Asset, percent: u128, told: &Breakdown, text: &str) {
    let value = debt.amount * debt.price;
    let [by_hand, by_rule] = [&told.rules[0], &told.rules[1]];
    for (add_on, counts, amounts) in [
        (
            debt.initial,
            told.initial,
            [by_hand.initial, by_rule.initial],
        ),
        (
            debt.maintenance,
            told.maintenance,
            [by_hand.maintenance, by_rule.maintenance],
        ),
    ] {
        let before = (value * (100 + add_on)).div_ceil(100);
        let after = (value * (100 + add_on) * (100 + percent)).div_ceil(10_000);
        assert_eq!(
            amounts.map(Amount::get),
            [before - value, after - before],
            "{text}"
        );
        assert_eq!((told.value.get(), counts.get()), (value, after), "{text}");
    }
}

fn adds_up(asset: Asset, told: &Breakdown, text: &str) {
    let value = asset.amount * asset.price;
    assert_eq!(told.value.get(), value, "{text}");
    for margin in Margin::ALL {
        let (mut left, mut cut) = (value, 0);
        for rule in &told.rules {
            let after = u128::from(rule.step.after.fraction(margin).raw());
            assert!(after >= cut, "{text}");
            cut = after;
            let counts = value * (ONE - after) / ONE;
            let amount = match margin {
                Margin::Initial => rule.initial,
                Margin::Maintenance => rule.maintenance,
            };
            assert_eq!(amount.get(), left - counts, "{text}");
            left = counts;
        }
        let counts = match margin {
            Margin::Initial => told.initial,
            Margin::Maintenance => told.maintenance,
        };
        assert_eq!(counts.get(), left, "{text}");
    }
}

/// At each fall, of all prices and of each, what liquidation seizes and repays, certifies and leaves is what
/// schoolbook sums say, with nothing lost and no bad debt where what is held is worth what is owed.
pub fn ladder_conserves(seed: &[u64]) {
    let mut numbers = Numbers(seed.iter());
    let (mut text, mut held, mut owed) = (TOKEN.to_owned(), Vec::new(), Vec::new());
    for index in 0..=numbers.below(3) as usize {
        held.push(numbers.asset(0));
        write(&mut text, "holding", index, held[index]);
    }
    for index in 0..=numbers.below(3) as usize {
        owed.push(numbers.asset(1));
        write(&mut text, "debt", index, owed[index]);
    }
    let terms = Terms {
        target: 100 + numbers.below(30),
        factor: 100 + numbers.below(20),
        part: 20 + numbers.below(81),
        whole_at: numbers.below(110),
    };
    let of = |percent: u128| format!("{}.{:02}", percent / 100, percent % 100);
    let _ = writeln!(
        text,
        "[collateral.liquidation]\ntarget = {}\nclose_factor = {}\nwhole_at = {}\nincentive = {{ kind = \"fixed\", factor = {} }}",
        of(terms.target), of(terms.part), of(terms.whole_at), of(terms.factor)
    );
    let view = view(&text);
    let falling: Vec<_> = view.ladders.iter().map(|ladder| ladder.falling).collect();
    let expected: Vec<_> = std::iter::once(None)
        .chain((0..held.len()).map(Some))
        .collect();
    assert_eq!(falling, expected);
    for ladder in &view.ladders {
        begins_where_it_says(ladder, &held, &owed, &text);
        for (rung, fall) in ladder.rungs.iter().zip((0..).step_by(500)) {
            assert_eq!(rung.fall_bps, fall);
            as_by_hand(
                rung,
                at(ladder.falling, fall.into(), &held, &owed),
                terms,
                &text,
            );
        }
    }
}

/// The position after a fall.
fn at(falling: Option<usize>, bps: u128, held: &[Asset], owed: &[Asset]) -> Position {
    let left = |index| match falling {
        Some(one) if one != index => 10_000,
        _ => 10_000 - bps,
    };
    let held = held.iter().enumerate();
    Position {
        held: held
            .map(|(index, it)| [it.amount, it.price * left(index), 100 - it.maintenance])
            .collect(),
        owed: owed
            .iter()
            .map(|it| [it.amount, it.price * 10_000, 100 + it.maintenance])
            .collect(),
    }
}

fn begins_where_it_says(ladder: &Ladder, held: &[Asset], owed: &[Asset], text: &str) {
    let open = |bps| {
        let [_, credit, _, owed] = at(ladder.falling, bps, held, owed).sums();
        credit < owed
    };
    match ladder.liquidatable_from_bps.map(u128::from) {
        Some(from) => assert!(open(from) && (from == 0 || !open(from - 1)), "{text}"),
        None => assert!(!open(10_000), "{text}"),
    }
}

fn as_by_hand(rung: &Rung, mut position: Position, terms: Terms, text: &str) {
    let before = position.clone();
    let [value, credit, liabilities, owed] = before.sums();
    assert_eq!(rung.credit.get(), credit / 1_000_000, "{text}");
    assert_eq!(rung.owed.get(), owed.div_ceil(1_000_000), "{text}");
    assert_eq!(rung.healthy, credit >= owed, "{text}");
    let (mut counted, mut bad) = ([0; 3], 0);
    for _ in 0..256 {
        let Some((certificate, left)) = position.liquidate(terms) else {
            break;
        };
        bad = left;
        let kinds = ["improves", "full close", "bad debt"];
        let kind = kinds.iter().position(|it| *it == certificate).unwrap();
        counted[kind] += 1;
        if kind == 2 {
            break;
        }
    }
    let told = rung.certificates;
    assert_eq!(
        [told.improves, told.full_close, told.bad_debt],
        counted,
        "{} of {text}",
        rung.fall_bps
    );
    let moved = |before: &[[u128; 3]], after: &[[u128; 3]]| -> Vec<[u128; 3]> {
        let each = before.iter().zip(after);
        each.map(|(b, a)| [b[0] - a[0], b[1], b[2]]).collect()
    };
    let (seized, repaid) = (
        moved(&before.held, &position.held),
        moved(&before.owed, &position.owed),
    );
    let amounts = |all: &[[u128; 3]]| all.iter().map(|it| Amount::new(it[0])).collect::<Vec<_>>();
    assert_eq!(rung.seized, amounts(&seized), "{} of {text}", rung.fall_bps);
    assert_eq!(rung.repaid, amounts(&repaid), "{} of {text}", rung.fall_bps);
    assert_eq!(
        rung.seized_value.get(),
        Position::sum(&seized, false) / 1_000_000,
        "{text}"
    );
    assert_eq!(
        rung.repaid_value.get(),
        Position::sum(&repaid, false) / 1_000_000,
        "{text}"
    );
    assert_eq!(
        rung.left_value.get(),
        Position::sum(&position.owed, false) / 1_000_000,
        "{text}"
    );
    assert_eq!(rung.bad_debt.get(), bad, "{text}");
    assert!(bad == 0 || value < liabilities, "{text}");
    let [_, credit, _, owed] = position.sums();
    assert_eq!(rung.ended, credit >= owed || bad > 0, "{text}");
}

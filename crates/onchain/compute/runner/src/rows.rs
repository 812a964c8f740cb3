//! The rows: a call, what is taken off, and its operands.

use compute::calls::Call;
use compute::Operands;

use crate::draws::Draws;

/// A row of the table.
pub struct Row {
    pub name: &'static str,
    pub call: Call,
    /// The call whose units are taken off.
    pub base: Call,
    pub operands: Vec<Operands>,
}

const WAD: u128 = 1_000_000_000_000_000_000;

fn operands(of: &[u128]) -> Operands {
    let mut words = [0; 16];
    for (pair, number) in words.chunks_exact_mut(2).zip(of) {
        pair[0] = *number as u64;
        pair[1] = (number >> 64) as u64;
    }
    words
}

fn drawn(count: usize, seed: u64, mut draw: impl FnMut(&mut Draws) -> Vec<u128>) -> Vec<Operands> {
    let mut draws = Draws(seed);
    (0..count).map(|_| operands(&draw(&mut draws))).collect()
}

fn row(name: &'static str, call: Call, operands: Vec<Operands>) -> Row {
    Row {
        name,
        call,
        base: Call::nothing,
        operands,
    }
}

pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    quotients(&mut rows);
    functions(&mut rows);
    mechanisms(&mut rows);
    rows
}

/// Quotients: the product in 64 bits, operands of 64, and three of 128 whose quotient fits.
fn quotients(rows: &mut Vec<Row>) {
    let small = || {
        drawn(100, 1, |d| {
            vec![
                d.between(1, 1 << 32),
                d.between(1, 1 << 31),
                d.between(1, 1 << 40),
            ]
        })
    };
    let words = || {
        drawn(100, 2, |d| {
            vec![
                d.word().into(),
                d.word().into(),
                u128::from(d.word()) | 1 << 63,
            ]
        })
    };
    let wide = || {
        drawn(100, 3, |d| {
            let (b, c) = (d.wide() >> (d.word() % 60), d.wide() >> (d.word() % 60));
            vec![d.wide(), b.min(c), b.max(c).max(1)]
        })
    };
    let full = || {
        drawn(100, 4, |d| {
            let (b, c) = (d.wide() | 1 << 127, d.wide() | 1 << 127);
            vec![d.wide(), b.min(c), b.max(c)]
        })
    };
    rows.push(row("mul_div, product in 64 bits", Call::mul_div, small()));
    rows.push(row(
        "mul_div, ceil, product in 64 bits",
        Call::mul_div_ceil,
        small(),
    ));
    rows.push(row(
        "mul_div, half even, product in 64 bits",
        Call::mul_div_half_even,
        small(),
    ));
    rows.push(row("mul_div, operands in 64 bits", Call::mul_div, words()));
    rows.push(row("mul_div, full", Call::mul_div, full()));
    rows.push(row("mul_div, any that fit", Call::mul_div, wide()));
    rows.push(row(
        "mul_div, half even, any that fit",
        Call::mul_div_half_even,
        wide(),
    ));
    let by = [
        (
            "a·b/c of u128 by hand, product in 64 bits",
            Call::by_hand_mul_div,
        ),
        ("a·b/c of ruint, product in 64 bits", Call::ruint_mul_div),
        ("a·b/c of uint, product in 64 bits", Call::uint_mul_div),
        (
            "a·b/c of rust_decimal, product in 64 bits",
            Call::rust_decimal_mul_div,
        ),
        ("a·b/c of fixed, product in 64 bits", Call::fixed_mul_div),
    ];
    rows.extend(by.map(|(name, call)| row(name, call, small())));
    rows.push(row(
        "a·b/c of u128 by hand, operands in 64 bits",
        Call::by_hand_mul_div,
        words(),
    ));
    rows.push(row(
        "a·b/c of ruint, operands in 64 bits",
        Call::ruint_mul_div,
        words(),
    ));
    rows.push(row(
        "a·b/c of uint, operands in 64 bits",
        Call::uint_mul_div,
        words(),
    ));
    rows.push(row("a·b/c of ruint, full", Call::ruint_mul_div, full()));
    rows.push(row("a·b/c of uint, full", Call::uint_mul_div, full()));
    rows.push(row("U256::product", Call::product, full()));
}

fn functions(rows: &mut Vec<Row>) {
    let exp = |most: u128| move |d: &mut Draws| vec![d.between(0, most)];
    rows.push(row("exp, 0 to 40", Call::exp, drawn(300, 5, exp(40 * WAD))));
    rows.push(row(
        "exp, 0 to 47",
        Call::exp,
        drawn(1_500, 6, exp(47 * WAD)),
    ));
    rows.push(row(
        "exp, 40 to 47",
        Call::exp,
        drawn(400, 7, |d| vec![d.between(40 * WAD, 47 * WAD)]),
    ));
    rows.push(row(
        "ln",
        Call::ln,
        drawn(300, 8, |d| vec![(d.wide() >> (d.word() % 127)).max(1)]),
    ));
    rows.push(row(
        "sqrt",
        Call::sqrt,
        drawn(300, 9, |d| vec![d.wide() >> (d.word() % 127)]),
    ));
    let small = |d: &mut Draws| vec![d.between(WAD / 2, 4 * WAD), d.between(0, 10 * WAD)];
    let large = |d: &mut Draws| {
        vec![
            d.between(1_000 * WAD, 2_000 * WAD),
            d.between(5 * WAD, 6 * WAD),
        ]
    };
    rows.push(row("pow, usual", Call::pow, drawn(300, 10, small)));
    rows.push(row(
        "pow, results above 10^15",
        Call::pow,
        drawn(300, 11, large),
    ));
    rows.push(row(
        "powi, usual",
        Call::powi,
        drawn(300, 12, |d| {
            vec![d.between(WAD, WAD + WAD / 1_000), d.between(1, 10_000)]
        }),
    ));
    rows.push(row(
        "pow, exact",
        Call::pow,
        vec![
            operands(&[4 * WAD, WAD / 2]),
            operands(&[WAD + WAD / 2, 3 * WAD]),
            operands(&[WAD + 1, 2 * WAD]),
        ],
    ));
    rows.push(row(
        "exp of brine-fp",
        Call::brine_exp,
        drawn(50, 5, exp(20 * WAD)),
    ));
    let q64 = |of: u128| ((of / WAD) << 64) | (((of % WAD) << 64) / WAD);
    rows.push(row(
        "exp of fixed",
        Call::fixed_exp,
        drawn(50, 5, |d| vec![q64(d.between(0, 40 * WAD))]),
    ));
    rows.push(row(
        "exp of solmath",
        Call::solmath_exp,
        drawn(50, 5, |d| vec![d.between(0, 40 * WAD) / 1_000_000]),
    ));
    rows.push(row(
        "pow of brine-fp",
        Call::brine_pow,
        drawn(50, 10, small),
    ));
    rows.push(row(
        "pow of fixed",
        Call::fixed_pow,
        drawn(50, 10, |d| small(d).into_iter().map(q64).collect()),
    ));
    rows.push(row(
        "pow of solmath",
        Call::solmath_pow,
        drawn(50, 10, |d| {
            small(d).into_iter().map(|of| of / 1_000_000).collect()
        }),
    ));
    let ln = |d: &mut Draws| vec![d.between(1, 1_000 * WAD)];
    rows.push(row("ln of brine-fp", Call::brine_ln, drawn(50, 8, ln)));
    rows.push(row(
        "ln of fixed",
        Call::fixed_ln,
        drawn(50, 8, |d| ln(d).into_iter().map(q64).collect()),
    ));
    rows.push(row(
        "ln of solmath",
        Call::solmath_ln,
        drawn(50, 8, |d| {
            ln(d).into_iter().map(|of| of / 1_000_000).collect()
        }),
    ));
    rows.push(row(
        "sqrt of fixed",
        Call::fixed_sqrt,
        drawn(50, 9, |d| ln(d).into_iter().map(q64).collect()),
    ));
}

fn mechanisms(rows: &mut Vec<Row>) {
    let start = 1_700_000_000_u128;
    let years = 4 * 365 * 86_400_u128;
    let mut push = |name, call, base, operands| {
        rows.push(Row {
            name,
            call,
            base,
            operands,
        });
    };
    // A total of 9 decimals and one of 18.
    let grant = |total: u128| {
        drawn(30, 13, move |d| {
            let at = d.between(start + years / 4, start + years);
            vec![
                start,
                start + years,
                at,
                d.between(1, total),
                start + years / 4,
            ]
        })
    };
    let (lamports, weis) = (1_000_000 * 1_000_000_000, 1_000_000 * WAD);
    let none = Call::nothing;
    push(
        "Linear::new and vested_at, 9 decimals",
        Call::linear_vested,
        none,
        grant(lamports),
    );
    push(
        "Linear::new and vested_at, 18 decimals",
        Call::linear_vested,
        none,
        grant(weis),
    );
    push(
        "a linear schedule by hand, 9 decimals",
        Call::by_hand_vested,
        none,
        grant(lamports),
    );
    push(
        "a linear schedule by hand, 18 decimals",
        Call::by_hand_vested,
        none,
        grant(weis),
    );
    push(
        "Grant::new and claim, 9 decimals",
        Call::grant_claim,
        none,
        grant(lamports),
    );
    push(
        "Grant::new and claim, 18 decimals",
        Call::grant_claim,
        none,
        grant(weis),
    );
    push(
        "Grant::claim, 9 decimals",
        Call::grant_claim,
        Call::grant_made,
        grant(lamports),
    );
    push(
        "Grant::claim, 18 decimals",
        Call::grant_claim,
        Call::grant_made,
        grant(weis),
    );
    let rate = WAD / years;
    let lock = |most| {
        drawn(30, 14, move |d| {
            vec![
                d.between(1, most),
                rate,
                start + years,
                d.between(start, start + years),
            ]
        })
    };
    push(
        "Lock::new and weight_at, 9 decimals",
        Call::lock_weight,
        none,
        lock(lamports),
    );
    push(
        "Lock::new and weight_at, 18 decimals",
        Call::lock_weight,
        none,
        lock(weis),
    );
    let pool = |most: u128| {
        drawn(30, 15, move |d| {
            let mut one = || d.between(1, most);
            vec![one(), one(), one(), one(), one()]
        })
    };
    for (name, call) in [
        ("RewardPool::claim, 9 decimals", Call::pool_claim),
        ("RewardPool::set_shares, 9 decimals", Call::pool_set_shares),
        ("RewardPool::fund, 9 decimals", Call::pool_funded),
    ] {
        push(name, call, Call::pool_made, pool(lamports));
    }
    for (name, call) in [
        ("RewardPool::claim, 18 decimals", Call::pool_claim),
        ("RewardPool::set_shares, 18 decimals", Call::pool_set_shares),
        ("RewardPool::fund, 18 decimals", Call::pool_funded),
    ] {
        push(name, call, Call::pool_made, pool(weis));
    }
    let week = 7 * 86_400;
    let now = 2_800 * week;
    let escrow = |made: u128| vec![operands(&[now, 2_850, WAD, now + made * week])];
    push(
        "Escrow::total_at, 1 lock",
        Call::escrow_total_1,
        Call::escrow_1,
        escrow(1),
    );
    let basket = |unit: u128| {
        drawn(30, 16, move |d| {
            let price = d.between(100_000_000, 200_000_000);
            vec![
                10 * unit,
                500 * unit,
                300 * unit,
                price,
                d.between(1_000, 2_500) * unit,
            ]
        })
    };
    push(
        "Portfolio::is_healthy of three holdings and two debts, 9 decimals",
        Call::basket_healthy,
        Call::basket_made,
        basket(1_000_000_000),
    );
    push(
        "Portfolio::is_healthy of three holdings and two debts, 18 decimals",
        Call::basket_healthy,
        Call::basket_made,
        basket(WAD),
    );
}

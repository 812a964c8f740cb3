//! Collateral against debts, to the last basis point.

use tokenomics_simulation::run;

use super::token;

#[test]
fn collateral_breaks_at_the_first_basis_point_too_many() {
    let design = token("[collateral]\nquote = \"USD\"\ndecimals = 6\n[[collateral.holding]]\nname = \"ETH\"\ndecimals = 18\namount = 10\nprice = 3_000\ninitial = 0.25\nmaintenance = 0.2\n[[collateral.debt]]\nname = \"USDC\"\ndecimals = 6\namount = 12_000\nprice = 1\n");
    let run = run(&design).unwrap();
    let view = run.collateral.as_ref().unwrap();
    assert_eq!(view.value.get(), 30_000_000_000);
    assert_eq!(view.initial_credit.get(), 22_500_000_000);
    assert_eq!(view.maintenance_credit.get(), 24_000_000_000);
    assert_eq!(view.owed.get(), 12_000_000_000);
    // 10 · 3,000 · 0.8 · (1 − fall) ≥ 12,000 up to a fall of one half.
    assert_eq!(view.survives_fall_bps, Some(5_000));
    assert_eq!(
        view.falls.iter().filter(|(_, _, healthy)| *healthy).count(),
        6
    );
}

#[test]
fn the_survived_fall_is_exact_to_the_basis_point() {
    // 24,000 · (1 − fall) ≥ debt: ⌊10,000 · (1 − debt / 24,000)⌋ basis points.
    for (debt, survived) in [
        (12_345, Some(4_856)),
        (7_777, Some(6_759)),
        (24_000, Some(0)),
        (24_001, None),
    ] {
        let design = token(&format!("[collateral]\nquote = \"USD\"\ndecimals = 6\n[[collateral.holding]]\nname = \"ETH\"\ndecimals = 18\namount = 10\nprice = 3_000\ninitial = 0.25\nmaintenance = 0.2\n[[collateral.debt]]\nname = \"USDC\"\ndecimals = 6\namount = {debt}\nprice = 1\n"));
        let run = run(&design).unwrap();
        assert_eq!(
            run.collateral.unwrap().survives_fall_bps,
            survived,
            "{debt}"
        );
    }
}

#[test]
fn a_debt_with_an_add_on_counts_for_more() {
    // A hundred at 20 and 1,400 owed: weights of 0.8 and 0.9, of the debt 1.2 and 1.1.
    let debt = |add_on: &str| {
        let design = token(&format!("[collateral]\nquote = \"USD\"\ndecimals = 18\n[[collateral.holding]]\nname = \"SOL\"\ndecimals = 9\namount = 100\nprice = 20\ninitial = 0.2\nmaintenance = 0.1\n[[collateral.debt]]\nname = \"USDC\"\ndecimals = 6\namount = 1_400\nprice = 1\n{add_on}"));
        let view = run(&design).unwrap().collateral.unwrap();
        let sums = [
            view.initial_credit,
            view.initial_owed,
            view.maintenance_credit,
            view.owed,
        ];
        let whole = sums.map(|sum| sum.get() / 10_u128.pow(18));
        (
            whole,
            view.healthy_initial,
            view.healthy,
            view.survives_fall_bps,
        )
    };
    assert_eq!(
        debt("initial = 0.2\nmaintenance = 0.1\n"),
        ([1_600, 1_680, 1_800, 1_540], false, true, Some(1_444))
    );
    assert_eq!(
        debt(""),
        ([1_600, 1_400, 1_800, 1_400], true, true, Some(2_222))
    );
    assert_eq!(
        debt("initial = 0.2\n"),
        ([1_600, 1_680, 1_800, 1_400], false, true, Some(2_222))
    );
}

//! Loans: what the machine allows is what the library does.

use embedded::collateral::LoanAccount;
use solana_tests::code;
use solana_tests::scene::{prices, Scene, RICH};
use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_haircut_collateral::{Account, Debt, Error, Haircut, Holding};

fn host() -> Account<1> {
    let prices = prices(3);
    let held = Holding::new(Amount::new(10_000), prices.collateral, prices.haircut);
    let debt = Debt::new(Amount::ZERO, prices.debt, prices.add_on).unwrap();
    Account::from_entries(&[held], &[debt]).unwrap()
}

fn account(scene: &Scene) -> Account<1> {
    scene.world.state::<LoanAccount>(scene.loan).account
}

#[test]
fn what_is_covered_is_lent_and_a_unit_more_is_refused_by_its_code() {
    let (mut scene, mut host) = (Scene::new(), host());
    assert_eq!(account(&scene), host);
    // 10,000 at 3, but for a fifth.
    let (all, more) = (scene.borrow(24_000), scene.borrow(1));
    scene.call(&all).unwrap();
    host.borrow(0, Amount::new(24_000)).unwrap();
    assert_eq!(account(&scene), host);
    assert_eq!(scene.world.amount(scene.alices[1]), RICH + 24_000);
    assert_eq!(scene.world.amount(scene.reserve), RICH - 24_000);

    assert_eq!(host.borrow(0, Amount::new(1)), Err(Error::Unhealthy));
    assert_eq!(scene.call(&more), Err(code(Error::Unhealthy.code())));
    let deposit = scene.deposit(1);
    scene.call(&deposit).unwrap();
    host.deposit(0, Amount::new(1)).unwrap();
    scene.call(&more).unwrap();
    host.borrow(0, Amount::new(1)).unwrap();
    assert_eq!(account(&scene), host);
}

#[test]
fn health_follows_the_prices() {
    let mut scene = Scene::new();
    let (all, check) = (scene.borrow(24_000), scene.check_health());
    scene.call(&all).unwrap();
    // 0.84 of the collateral's value covers the debt at a price of 20/7, and not below.
    let fair = Ratio::new(20, 7).unwrap();
    let low = Ratio::new(20_000_000 - 1, 7_000_000).unwrap();
    for (price, is_healthy) in [(Ratio::from_integer(3), true), (fair, true), (low, false)] {
        let prices = embedded::collateral::Prices {
            collateral: price,
            ..prices(0)
        };
        let set = scene.set_prices(prices);
        scene.call(&set).unwrap();
        let mut host = account(&scene);
        host.reprice_holding(0, price, prices.haircut).unwrap();
        assert_eq!(host.portfolio().is_liquidatable(), !is_healthy);
        let expected = is_healthy.then(Vec::new);
        let expected = expected.ok_or(code(Error::Unhealthy.code()));
        assert_eq!(scene.call(&check), expected);
    }
}

#[test]
fn a_debt_without_a_price_is_refused_by_its_code() {
    let mut scene = Scene::new();
    let free = embedded::collateral::Prices {
        debt: Ratio::ZERO,
        ..prices(3)
    };
    let refused = Debt::new(Amount::ZERO, Ratio::ZERO, Haircut::NONE).unwrap_err();
    let set = scene.set_prices(free);
    assert_eq!(scene.call(&set), Err(code(refused.code())));
}

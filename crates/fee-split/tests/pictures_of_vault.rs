//! The picture of docs/mechanisms/fee-split.md is drawn from vaults themselves. To draw it anew:
//! `DRAW=1 cargo test -p tokenomics-fee-split --test pictures_of_vault`.

#[allow(dead_code, reason = "this picture has fewer colours")]
#[path = "../../liquidity-curves/tests/pictures/draw.rs"]
mod draw;

use std::path::Path;

use draw::{Line, Picture, BLUE, GRAY, GREEN, ORANGE, STEPS};
use tokenomics_fee_split::{Vault, VaultTerms};
use tokenomics_fixed_math::{Amount, Timestamp};

const NOW: Timestamp = Timestamp::ZERO;
const TOKEN: u128 = 1_000_000;
const DEPOSIT: Amount = Amount::new(9_999 * TOKEN);

/// A vault of one unit and a donation, which is up to 20,000 tokens.
fn donated(decimals_offset: u8, step: u128) -> Vault {
    let terms = VaultTerms {
        decimals_offset,
        ..VaultTerms::PLAIN
    };
    let mut vault = Vault::new(terms, NOW).unwrap();
    vault.deposit(Amount::new(1), NOW).unwrap();
    let donation = Amount::new(20_000 * TOKEN * step / STEPS);
    vault.recognise_gain(donation, NOW).unwrap();
    vault
}

/// What is lost of 9,999 tokens that are deposited then; `None` where they are refused.
fn lost(decimals_offset: u8, step: u128) -> Option<u128> {
    let mut vault = donated(decimals_offset, step);
    let bound = vault.deposit_loss_bound(vault.assets()).unwrap();
    let shares = vault.deposit(DEPOSIT, NOW).ok()?;
    let lost = DEPOSIT.abs_diff(vault.redeem(shares, NOW).unwrap());
    assert!(lost <= bound);
    Some(lost.get())
}

fn first_depositor() -> Picture {
    let line = |name, color, value: &dyn Fn(u128) -> Option<u128>| {
        Line::of(name, color, 5_000 * TOKEN, value)
    };
    let bound = |step| {
        let vault = donated(1, step);
        let bound = vault.deposit_loss_bound(vault.assets());
        Some(bound.unwrap().get())
    };
    Picture {
        name: "first-depositor",
        axes: ["donated, up to 20,000", "lost of 9,999, up to 5,000"],
        legend: [24, 24],
        lines: vec![
            line("no offset", ORANGE, &|step| lost(0, step)),
            line("an offset of 1", BLUE, &|step| lost(1, step)),
            line("an offset of 2", GREEN, &|step| lost(2, step)),
            line("the bound of an offset of 1", GRAY, &bound),
        ],
    }
}

#[test]
fn the_picture_is_drawn_from_vaults() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let folder = docs.join("images/fee-split");
    let page = std::fs::read_to_string(docs.join("mechanisms/fee-split.md")).unwrap();
    let picture = first_depositor();
    let (name, text) = (picture.name, picture.svg());
    let file = folder.join(format!("{name}.svg"));
    if std::env::var_os("DRAW").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&file, &text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap();
    assert!(found == text, "{name}.svg is another than its vaults");
    let link = format!("(../images/fee-split/{name}.svg)");
    assert_eq!(page.matches(&link).count(), 1, "{name}.svg, once");
}

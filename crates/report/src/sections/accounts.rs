//! Where every unit is at the end, to the last digit.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Decimals};

use super::reading::asset;
use crate::dates;
use crate::format::{self, Precision};
use crate::section::{Part, Section};
use crate::view::View;

pub(crate) fn section(view: &View<'_>) -> Part {
    let run = view.run;
    let fees = run
        .design
        .fees
        .as_ref()
        .filter(|_| !run.fee_accounts.is_empty());
    let symbol = view.symbol();
    let body = html! {
        (table(symbol, &run.accounts, run.design.token.decimals))
        @if let Some(plan) = fees {
            @let (symbol, decimals) = asset(view.run.design, plan);
            h3 { "Revenue, in " (symbol) }
            (table(symbol, &run.fee_accounts, decimals))
        }
    };
    let lead = format!(
        "Every account on {}, in {symbol}, exactly.",
        dates::day(view.end())
    );
    Ok(Some(Section::new(
        "accounts",
        "Accounts",
        "Where every unit is",
        &lead,
        body,
    )))
}

/// `unvested:Team` for people.
fn name(account: &str) -> String {
    match account.split_once(':') {
        Some((kind, of)) => format!("{} · {of}", format::capital(kind)),
        None => format::capital(account),
    }
}

fn table(symbol: &str, accounts: &[(String, Amount)], decimals: Decimals) -> Markup {
    let held: Vec<_> = accounts
        .iter()
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    let empty = accounts.len() - held.len();
    // The ledger holds no more than fits an amount.
    let sum = Amount::try_sum(accounts.iter().map(|(_, amount)| *amount)).unwrap_or(Amount::MAX);
    let precision = Precision::needed(
        held.iter().map(|(_, amount)| *amount).chain([sum]),
        decimals,
    );
    html! {
        div.table.slim.stack.lines { table {
            thead { tr { th scope="col" { "Account" } th.n scope="col" { (symbol) } } }
            tbody { @for (account, amount) in held { tr {
                th scope="row" { (name(account)) } (precision.cell(*amount))
            } } }
            tfoot { tr { th scope="row" { "Sum" } (precision.cell(sum)) } }
        } }
        @if empty > 0 {
            p.note { (empty) @if empty == 1 { " account is empty." } @else { " accounts are empty." } }
        }
    }
}

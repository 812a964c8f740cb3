//! The account of every unit at the end, to the last digit.

use maud::{html, Markup};
use tokenomics_fixed_math::{Amount, Decimals, Error};

use crate::dates;
use crate::format::{self, Precision};
use crate::revenue::{assets, Asset};
use crate::section::{Part, ReportError, Section};
use crate::view::{largest, View};

pub(crate) fn section(view: &View<'_>) -> Part {
    let run = view.run;
    let fees = run
        .design
        .fees
        .iter()
        .flat_map(|plan| assets(run.design, plan));
    let others: Vec<Asset<'_>> = fees.filter(|asset| !asset.is_token).collect();
    let symbol = view.symbol();
    let body = html! {
        (table(symbol, &run.accounts, run.design.token.decimals)?)
        @for (asset, (_, accounts)) in others.iter().zip(&run.fee_accounts) {
            h3 { "Revenue, in " (asset.symbol) }
            (table(asset.symbol, accounts, asset.decimals)?)
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

/// The accounts that a table shows, and what it says of the others.
struct Shown<'a> {
    rows: Vec<&'a (String, Amount)>,
    /// The number of those beyond that aren't empty, and the sum that they hold.
    more: (usize, Amount),
    empty: usize,
    sum: Amount,
}

impl<'a> Shown<'a> {
    fn new(accounts: &'a [(String, Amount)]) -> Result<Self, Error> {
        let held = accounts.iter().filter(|(_, amount)| !amount.is_zero());
        let held: Vec<_> = held.collect();
        let rows = largest(held.iter().map(|(_, amount)| *amount));
        let rows: Vec<_> = rows.into_iter().map(|index| held[index]).collect();
        let sum = Amount::try_sum(held.iter().map(|(_, amount)| *amount))?;
        let told = Amount::try_sum(rows.iter().map(|(_, amount)| *amount))?;
        Ok(Self {
            more: (held.len() - rows.len(), sum.checked_sub(told)?),
            empty: accounts.len() - held.len(),
            rows,
            sum,
        })
    }
}

fn table(
    symbol: &str,
    accounts: &[(String, Amount)],
    decimals: Decimals,
) -> Result<Markup, ReportError> {
    let shown = Shown::new(accounts)?;
    let (more, others) = shown.more;
    let amounts = shown.rows.iter().map(|(_, amount)| *amount);
    let precision = Precision::needed(amounts.chain([others, shown.sum]), decimals);
    Ok(html! {
        div.table.slim.stack.lines { table {
            thead { tr { th scope="col" { "Account" } th.n scope="col" { (symbol) } } }
            tbody {
                @for (account, amount) in &shown.rows { tr {
                    th scope="row" { (name(account)) } (precision.cell(*amount))
                } }
                @if more > 0 { tr {
                    th scope="row" { (format::grouped(more)) " smaller accounts" } (precision.cell(others))
                } }
            }
            tfoot { tr { th scope="row" { "Sum" } (precision.cell(shown.sum)) } }
        } }
        @if shown.empty > 0 {
            p.note {
                (format::grouped(shown.empty))
                @if shown.empty == 1 { " account is empty." } @else { " accounts are empty." }
            }
        }
    })
}

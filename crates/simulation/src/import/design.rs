//! The design that a table of unlocks becomes.

use std::fmt::Write as _;

use tokenomics_fixed_math::{Amount, Decimals};

use super::{Kind, Unlock, DECIMALS};
use crate::calendar;
use crate::problem::Problem;
use crate::starter::symbol_of;

/// The design, as a person would write it.
pub(super) fn text(file: &str, name: &str, unlocks: &[Unlock]) -> Result<String, Problem> {
    let decimals =
        Decimals::new(DECIMALS).map_err(|error| Problem::new(0..0, error.to_string(), "", ""))?;
    let too_large = |_| {
        Problem::new(
            0..0,
            "the amounts sum to more than can be counted",
            "",
            "are they in 1e-6 tokens?",
        )
    };
    let supply = Amount::try_sum(unlocks.iter().map(|unlock| unlock.amount)).map_err(too_large)?;
    let genesis = unlocks
        .iter()
        .map(|unlock| unlock.start)
        .min()
        .unwrap_or_default();
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "# Imported from {}: {} unlocks.\n\
         # `stakeholder` is guessed from each name, and everything unlocked counts as circulating:\n\
         # check both, and give treasuries `to = \"treasury\"`.\n\n\
         [token]\nname = {}\nsymbol = {}\ndecimals = {DECIMALS}\ngenesis = {}\nsupply = \"{}\"\n",
        comment(file),
        unlocks.len(),
        quoted(name),
        quoted(&symbol_of(name)),
        calendar::rfc3339(genesis),
        supply.display(decimals),
    );
    let mut recipients: Vec<&str> = Vec::new();
    for unlock in unlocks {
        if !recipients.contains(&unlock.recipient.as_str()) {
            recipients.push(&unlock.recipient);
        }
    }
    for recipient in recipients {
        let _ = write!(
            text,
            "\n[[allocation]]\nname = {}\nstakeholder = \"{}\"\nschedule = [\n",
            quoted(recipient),
            guess_stakeholder(recipient)
        );
        for unlock in unlocks
            .iter()
            .filter(|unlock| unlock.recipient == recipient)
        {
            let _ = writeln!(text, "    {},", unlock.to_toml(decimals));
        }
        text.push_str("]\n");
    }
    Ok(text)
}

impl Unlock {
    fn to_toml(&self, decimals: Decimals) -> String {
        let (amount, start) = (self.amount.display(decimals), calendar::rfc3339(self.start));
        match self.kind {
            Kind::Cliff => format!("{{ amount = \"{amount}\", kind = \"cliff\", at = {start} }}"),
            Kind::Linear { end } => format!(
                "{{ amount = \"{amount}\", kind = \"linear\", start = {start}, end = {} }}",
                calendar::rfc3339(end)
            ),
            Kind::Step { seconds, count } => format!(
                "{{ amount = \"{amount}\", kind = \"step\", start = {start}, period = \"{seconds}s\", count = {count} }}"
            ),
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A name that can't end the comment it stands in.
fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Whom a recipient's name sounds like.
fn guess_stakeholder(recipient: &str) -> &'static str {
    let name = recipient.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if any(&[
        "investor",
        "seed",
        "private",
        "sale",
        "backer",
        "strategic",
        "series",
        "presale",
    ]) {
        "investors"
    } else if any(&[
        "team",
        "core",
        "founder",
        "advisor",
        "employee",
        "contributor",
        "dev",
        "foundation",
        "treasury",
        "labs",
    ]) {
        "builders"
    } else if any(&[
        "validator",
        "market mak",
        "marketmak",
        "liquidity",
        "node",
        "operator",
        "miner",
        "staking",
        "exchange",
    ]) {
        "operators"
    } else {
        "users"
    }
}

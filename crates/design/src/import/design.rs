//! The design that a table of unlocks becomes.

use std::fmt::Write as _;

use tokenomics_fixed_math::{Amount, Decimals};

use super::{Kind, Unlock, Unlocks, DECIMALS};
use crate::calendar;
use crate::problem::Problem;
use crate::starter::symbol_of;
use crate::text::is_hidden;

/// The design, as a person would write it.
pub(super) fn text(file: &str, name: &str, unlocks: &Unlocks) -> Result<String, Problem> {
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
    let supply = Amount::try_sum(unlocks.all().map(|unlock| unlock.amount)).map_err(too_large)?;
    let starts = unlocks.all().map(|unlock| unlock.start);
    let genesis = starts.min().unwrap_or_default();
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "# Imported from {}: {} unlocks.\n\
         # `stakeholder` is guessed from each name, and everything unlocked counts as circulating:\n\
         # check both, and give treasuries `to = \"treasury\"`.\n\n\
         [token]\nname = {}\nsymbol = {}\ndecimals = {DECIMALS}\ngenesis = {}\nsupply = \"{}\"\n",
        comment(file),
        unlocks.all().count(),
        quoted(name),
        quoted(&symbol_of(name)),
        calendar::rfc3339(genesis),
        supply.display(decimals),
    );
    for (recipient, unlocks) in &unlocks.recipients {
        let _ = write!(
            text,
            "\n[[allocation]]\nname = {}\nstakeholder = \"{}\"\nschedule = [\n",
            quoted(recipient),
            guess_stakeholder(recipient)
        );
        for unlock in unlocks {
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

/// A string of TOML, in which all that is hidden is escaped: the text goes to a terminal too.
fn quoted(text: &str) -> String {
    if !text.contains(is_hidden) {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        // Writing to a String cannot fail.
        let _ = match c {
            '"' | '\\' => write!(quoted, "\\{c}"),
            c if is_hidden(c) && u32::from(c) > 0xffff => write!(quoted, "\\U{:08x}", u32::from(c)),
            c if is_hidden(c) => write!(quoted, "\\u{:04x}", u32::from(c)),
            c => write!(quoted, "{c}"),
        };
    }
    quoted + "\""
}

/// A name that can't end the comment it stands in.
fn comment(text: &str) -> String {
    text.replace(is_hidden, " ")
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

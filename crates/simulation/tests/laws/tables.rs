//! Tables of unlocks, drawn in each layout, beside plain sums.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{Design, Import, Overrides};
use tokenomics_vesting::Schedule as _;

/// A table, and what each name of it is to have in the end, in 1e-6 tokens.
struct Table {
    text: String,
    amounts: BTreeMap<String, u128>,
}

impl Table {
    fn new(header: &str) -> Self {
        let text = format!("{header}\n");
        let amounts = BTreeMap::new();
        Self { text, amounts }
    }

    fn add(&mut self, name: &str, micro: u128) {
        *self.amounts.entry(name.to_owned()).or_default() += micro;
    }

    fn row(&mut self, cells: &[String]) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{}", cells.join(","));
    }
}

/// An amount as tables write it: with groups of digits in quotes, or plain.
fn written(micro: u128, is_grouped: bool) -> String {
    let (whole, part) = (micro / 1_000_000, micro % 1_000_000);
    let digits = whole.to_string();
    if !is_grouped {
        return format!("{digits}.{part:06}");
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("\"{grouped}.{part:06}\"")
}

fn day(number: u64) -> String {
    let at = Timestamp::new(1_798_761_600 + number % 2_000 * 86_400);
    tokenomics_simulation::calendar::date(at)
}

fn unlocks(seed: &[u64], amount: impl Fn(u64) -> u128) -> Table {
    let mut table = Table::new("Amount,Recipient,START,end,Steps,step_seconds,Kind");
    for (&number, at) in seed.iter().zip(0_u64..) {
        let (name, micro) = (format!("R{}", number % 4), amount(number));
        let start = day(number / 7);
        let (count, seconds) = (number % 5 + 1, number % 9_000 + 1);
        let (kind, cells, times) = match number % 3 {
            0 => ("Cliff", [String::new(), String::new(), String::new()], 1),
            1 => (
                "LINEAR",
                [
                    day(number / 7 % 1_999) + "T23:59",
                    String::new(),
                    String::new(),
                ],
                1,
            ),
            _ => (
                "step",
                [String::new(), count.to_string(), seconds.to_string()],
                count,
            ),
        };
        let start = if number % 3 == 1 {
            day(number / 7 % 1_999)
        } else {
            start
        };
        table.add(&name, micro * u128::from(times));
        let [end, steps, seconds] = cells;
        let amount = written(micro, at % 2 == 0);
        table.row(&[amount, name, start, end, steps, seconds, kind.to_owned()]);
    }
    table
}

fn terms(seed: &[u64], amount: impl Fn(u64) -> u128) -> Table {
    let mut table = Table::new("Allocation,Tokens,TGE %,Cliff (months),Vesting (months),Type");
    for (&number, at) in seed.iter().zip(0_u64..) {
        let (name, micro) = (format!("A{at}"), amount(number));
        let (tge, cliff, vesting) = match number % 4 {
            0 => (100, 0, 0),
            1 => (0, number / 4 % 30 + 1, 0),
            _ => (
                number / 4 % 100,
                number / 400 % 30,
                number / 12_000 % 60 + 1,
            ),
        };
        let kind = ["linear", "Linear monthly"][usize::from(number % 8 > 5)];
        table.add(&name, micro);
        let amount = written(micro, at % 2 == 0);
        let terms = [format!("{tge}%"), cliff.to_string(), vesting.to_string()];
        let [tge, cliff, vesting] = terms;
        table.row(&[name, amount, tge, cliff, vesting, kind.to_owned()]);
    }
    table
}

fn months(seed: &[u64], amount: impl Fn(u64) -> u128) -> Table {
    let mut table = Table::new("Bucket,TGE,Jan-27,2027-02,Mar 2027");
    for (numbers, at) in seed.chunks(4).zip(0_u64..) {
        let name = format!("B{at}");
        let mut cells = vec![name.clone()];
        for place in 0..4 {
            let micro = numbers.get(place).map_or(1, |number| amount(*number));
            table.add(&name, micro);
            cells.push(written(micro, place % 2 == 0));
        }
        table.row(&cells);
    }
    table
}

fn dated(seed: &[u64], amount: impl Fn(u64) -> u128) -> Table {
    let mut table = Table::new("date,allocation,amount");
    for &number in seed {
        let (name, micro) = (format!("D{}", number % 3), amount(number));
        table.add(&name, micro);
        table.row(&[day(number / 3), name, written(micro, number % 2 == 0)]);
    }
    table
}

/// Of a table of any layout, each allocation gets the sum of its rows to the last digit, and has all of it
/// in the end; and a row of sums that is off by the last digit is refused.
pub fn imports_conserve(seed: &[u64], most: u128) {
    if seed.is_empty() {
        // A table without rows is refused.
        return;
    }
    let amount = |number: u64| 1 + u128::from(number) * 0x9e37_79b9_7f4a % most;
    for table in [
        unlocks(seed, amount),
        terms(seed, amount),
        months(seed, amount),
        dated(seed, amount),
    ] {
        let options = Import {
            genesis: Some(Timestamp::new(1_798_761_600)),
            ..Import::default()
        };
        let text = &table.text;
        let imported = options.read("t.csv", text.as_bytes());
        let imported = imported.unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        let design = Design::parse("t", &imported.design, Overrides::default());
        let design = design.unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        assert_eq!(design.allocations.len(), table.amounts.len(), "{text}");
        for allocation in &design.allocations {
            let wanted = Amount::new(table.amounts[&allocation.name]);
            assert_eq!(allocation.amount, wanted, "{}\n{text}", allocation.name);
            let end = Timestamp::new(u64::MAX);
            let vested = allocation.schedules.iter().map(|one| one.vested_at(end));
            let at_once = allocation.schedules.is_empty();
            assert!(at_once || Amount::try_sum(vested) == Ok(wanted), "{text}");
        }
        let all: u128 = table.amounts.values().sum();
        assert_eq!(design.token.supply, Amount::new(all), "{text}");
    }
    let table = dated(seed, amount);
    let all: u128 = table.amounts.values().sum();
    for (total, is_read) in [(all, true), (all + 1, false), (all - 1, false)] {
        let text = format!("{},TOTAL,{}\n", table.text, written(total, true));
        let read = Import::default().read("t.csv", text.as_bytes());
        assert_eq!(read.is_ok(), is_read, "{text}");
    }
}

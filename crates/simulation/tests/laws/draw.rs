//! Designs small enough to be walked instant by instant, drawn from a few numbers.

use std::fmt::Write as _;

use tokenomics_fixed_math::Timestamp;
use tokenomics_simulation::{Design, Overrides};

use super::{followed, routes};

/// The length between two instants of a walk, on which all events lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Second,
    Day,
}

impl Unit {
    pub const fn seconds(self) -> u64 {
        match self {
            Self::Second => 1,
            Self::Day => 86_400,
        }
    }
}

/// A length that often ends where others do, and in days may be one of the calendar.
fn period_of(unit: Unit, number: u64) -> String {
    let common = [1, 2, 5, 6, 10, 12, 15, 20, 30, 60, 90, 120];
    let (kind, number) = (number % 6, number / 6);
    match (kind, unit) {
        (0, Unit::Second) => format!("{}s", 1 + number % 90),
        (0, Unit::Day) => format!("{}d", 1 + number % 90),
        (1 | 2, Unit::Day) => ["1mo", "2mo", "3mo", "1y"][(number % 4) as usize].to_owned(),
        (_, Unit::Second) => format!("{}s", common[(number % 12) as usize]),
        (_, Unit::Day) => format!("{}d", common[(number % 12) as usize]),
    }
}

/// A source of small numbers.
pub struct Draw<'s> {
    numbers: std::iter::Copied<std::slice::Iter<'s, u64>>,
    unit: Unit,
}

impl<'s> Draw<'s> {
    pub fn new(seed: &'s [u64], unit: Unit) -> Self {
        Self {
            numbers: seed.iter().copied(),
            unit,
        }
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.numbers.next().unwrap_or(5) % bound
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    fn length(&mut self, most: u64) -> String {
        let count = 1 + self.below(most);
        self.units(count)
    }

    fn units(&self, count: u64) -> String {
        let unit = match self.unit {
            Unit::Second => "s",
            Unit::Day => "d",
        };
        format!("{count}{unit}")
    }

    /// A length that often ends where others do, and in days may be one of the calendar.
    fn period(&mut self) -> String {
        let common = [1, 2, 5, 6, 10, 12, 15, 20, 30, 60, 90, 120];
        match (self.below(6), self.unit) {
            (0, _) => self.length(90),
            (1 | 2, Unit::Day) => self.of(&["1mo", "2mo", "3mo", "1y"]).to_owned(),
            _ => {
                let count = self.of(&common);
                self.units(count)
            }
        }
    }

    /// A few units, or some thousands where there is enough.
    fn amount(&mut self, scarce: bool) -> u64 {
        match self.below(2) {
            0 => 1 + self.below(20),
            _ if scarce => self.below(60),
            _ => self.below(9_000),
        }
    }

    /// A line that says when something starts, or none.
    fn start(&mut self, most: u64) -> String {
        match self.below(3) {
            0 => String::new(),
            1 => format!("start = \"{}\"\n", self.period()),
            _ => format!("start = \"{}\"\n", self.length(most)),
        }
    }

    /// The text of a design, all of whose events lie on units after genesis.
    pub fn text(mut self) -> String {
        let (mut text, scarce) = self.without_revenue();
        self.fees(scarce, &mut text);
        text
    }

    /// The same with streams of revenue, routes of every kind and vaults.
    pub fn text_with_routes(mut self) -> String {
        let (mut text, scarce) = self.without_revenue();
        let unit = self.unit;
        let numbers = std::cell::RefCell::new(self.numbers);
        let mut next = |bound: u64| numbers.borrow_mut().next().unwrap_or(5) % bound;
        let mut period = |number: u64| period_of(unit, number);
        let mut source = routes::Source {
            next: &mut next,
            period: &mut period,
            scarce,
            assets: Vec::new(),
            vaults: 0,
        };
        routes::write(&mut text, &mut source);
        text
    }

    fn without_revenue(&mut self) -> (String, bool) {
        let genesis = match self.unit {
            Unit::Second => (1_700_000_000 + self.below(5_000)).to_string(),
            Unit::Day => self
                .of(&["2023-01-31", "2024-02-29", "2023-12-01", "2024-05-30"])
                .to_owned(),
        };
        let end = 600 + self.below(1_400);
        let (end, step) = (self.units(end), self.length(400));
        let mut text = format!(
            "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = {genesis}\n[simulation]\nend = \"{end}\"\nstep = \"{step}\"\n",
        );
        // Balances bind, recover and bind again where there is about as much as revenue asks for.
        let scarce = self.below(2) == 0;
        for index in 0..1 + self.below(3) {
            self.allocation(index, scarce, &mut text);
        }
        if scarce || self.below(3) != 0 {
            self.emission(&mut text);
        }
        if self.unit == Unit::Second && self.below(3) == 0 {
            self.followed(&mut text);
        }
        if self.below(3) != 0 {
            match self.below(5) {
                0..=2 => self.escrow(&mut text),
                _ => self.programmes(&mut text),
            }
            if self.below(3) == 0 {
                self.gauges(&mut text);
            }
        }
        (text, scarce)
    }

    fn allocation(&mut self, index: u64, scarce: bool, text: &mut String) {
        let amount = self.amount(scarce);
        let schedule = match self.below(4) {
            0 => format!("{{ kind = \"cliff\", at = \"{}\" }}", self.length(1_500)),
            1 => format!("{{ kind = \"linear\", end = \"{}\" }}", self.length(2_500)),
            2 => format!("{{ kind = \"cliff\", at = \"{}\" }}", self.period()),
            _ => {
                let (period, count) = (self.length(300), 1 + self.below(9));
                format!("{{ kind = \"step\", period = \"{period}\", count = {count} }}")
            }
        };
        let to = self.of(&["circulating", "circulating", "treasury"]);
        let _ = write!(text, "[[allocation]]\nname = \"A{index}\"\nstakeholder = \"users\"\namount = {amount}\nto = \"{to}\"\nschedule = {schedule}\n");
        if self.below(3) == 0 {
            let _ = writeln!(text, "claim_every = \"{}\"", self.period());
        }
    }

    fn emission(&mut self, text: &mut String) {
        let count = self.of(&[1, 13, 60, 130]);
        let (tick, rate) = (self.units(count), self.below(9 * count.min(5)));
        let end = 60 * 13 * (1 + self.below(3));
        let end = self.units(end);
        let _ = write!(text, "[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"constant\"\ntick = \"{tick}\"\nrate = {rate}\nend = \"{end}\"\n");
    }

    /// An emission that follows a signal, alone or with another phase.
    fn followed(&mut self, text: &mut String) {
        let tick = self.of(&[1, 1, 7]);
        let keys = followed::keys(tick, &mut |bound| self.below(bound));
        let constant = format!("kind = \"constant\", rate = {}", self.below(4));
        let keys = match self.below(3) {
            0 => {
                let from = tick * (1 + self.below(300));
                let other = format!("{{ {constant}, from = \"{from}s\" }}");
                let list = [followed::inline(None, &keys), other];
                format!("kind = \"phases\"\nphases = [{}]", list.join(", "))
            }
            1 => {
                let from = tick * (1 + self.below(100));
                let first = format!("{{ {constant} }}");
                let list = [first, followed::inline(Some(from), &keys)];
                let cap = 1 + self.below(9_000);
                format!(
                    "kind = \"phases\"\nphases = [{}]\ncap = {cap}",
                    list.join(", ")
                )
            }
            _ => keys.join("\n"),
        };
        let to = self.of(&["circulating", "circulating", "treasury"]);
        let _ = write!(text, "[[emission]]\nname = \"F\"\nstakeholder = \"operators\"\ntick = \"{tick}s\"\nto = \"{to}\"\n{keys}\n");
    }

    fn escrow(&mut self, text: &mut String) {
        let granule = 1 + self.below(60);
        let most = self.of(&[30, 90, 900]);
        let duration = granule + self.below(most);
        let share = self.below(100);
        let renew = self.below(2) == 0;
        let start = self.start(700);
        let (granule, duration, max) =
            (self.units(granule), self.units(duration), self.units(4_000));
        let _ = write!(text, "[escrow]\nshare = 0.{share:02}\nduration = \"{duration}\"\nmax = \"{max}\"\ngranule = \"{granule}\"\nrenew = {renew}\n{start}");
        match self.below(3) {
            0 => {}
            1 => text.push_str(&format!("every = \"{}\"\n", self.period())),
            // Often after the locks have ended.
            _ => text.push_str(&format!("every = \"{}\"\n", self.length(400))),
        }
    }

    /// Up to three kinds of locks side by side.
    fn programmes(&mut self, text: &mut String) {
        let granule = 1 + self.below(60);
        let unit = self.units(granule);
        let _ = writeln!(text, "[escrow]\ngranule = \"{unit}\"");
        if self.below(2) == 0 {
            let _ = writeln!(text, "max = \"{}\"", self.units(4_000));
        }
        for index in 0..1 + self.below(3) {
            let (share, start) = (self.below(34), self.start(700));
            let weight = self.weight(granule);
            let _ = write!(
                text,
                "[[escrow.programme]]\nname = \"P{index}\"\nshare = 0.{share:02}\n{start}{weight}"
            );
            if self.below(3) != 0 {
                let _ = writeln!(text, "every = \"{}\"", self.period());
            }
        }
    }

    /// The keys of a kind of locks, whose multipliers divide evenly or not.
    fn weight(&mut self, granule: u64) -> String {
        let most = self.of(&[30, 90, 900]);
        let duration = granule + self.below(most);
        let renew = self.below(2) == 0;
        let ends = format!("duration = \"{}\"\nrenew = {renew}\n", self.units(duration));
        match self.below(7) {
            0 => format!(
                "kind = \"decaying\"\n{ends}multiplier = {}.7\n",
                self.below(4)
            ),
            1 => format!("kind = \"constant\"\n{ends}multiplier = 0.333333333333333333\n"),
            2 => {
                let period = self.length(40);
                format!("kind = \"constant\"\n{ends}multipliers = \"conviction\"\nperiod = \"{period}\"\n")
            }
            3 => {
                let longer = 2 + self.below(90);
                let rows = [self.units(1), self.units(longer)];
                let [first, second] = rows.map(|length| format!("length = \"{length}\""));
                format!("{ends}multipliers = [{{ {first}, multiplier = 0.5 }}, {{ {second}, multiplier = 2 }}]\n")
            }
            4 => format!(
                "kind = \"permanent\"\nmultiplier = {}.{}\n",
                self.below(3),
                1 + self.below(9)
            ),
            kind => {
                let ends = if kind == 5 { String::new() } else { ends };
                let (from, over) = (self.below(10), self.length(300));
                format!("kind = \"growing\"\nfrom = 0.{from}\nto = 3\nover = \"{over}\"\n{ends}")
            }
        }
    }

    /// Up to three gauges, and an emission that goes to them.
    fn gauges(&mut self, text: &mut String) {
        let first = if text.contains("P0") { "P0" } else { "locks" };
        for index in 0..1 + self.below(3) {
            let (who, share) = (self.of(&["users", "operators"]), self.below(34));
            let votes = match self.below(3) {
                0 => format!("{{ {first} = 0.{share:02} }}"),
                _ => format!("0.{share:02}"),
            };
            let _ = write!(
                text,
                "[[gauge]]\nname = \"G{index}\"\nstakeholder = \"{who}\"\nvotes = {votes}\n"
            );
        }
        let ticks = self.of(&[1, 7, 60]);
        let (tick, rate, start) = (self.units(ticks), 1 + self.below(4), self.start(300));
        let epoch = self.period();
        let to = self.of(&["", "to = \"circulating\"\n"]);
        // A whole number of ticks.
        let end = match self.below(5) {
            0 => String::new(),
            _ => format!("end = \"{}\"\n", self.units(840)),
        };
        let _ = write!(text, "[[emission]]\nname = \"D\"\nstakeholder = \"builders\"\nkind = \"constant\"\ntick = \"{tick}\"\nrate = {rate}\n{start}{to}{end}gauges = \"{epoch}\"\n");
    }

    fn fees(&mut self, scarce: bool, text: &mut String) {
        let per = if scarce {
            self.length(20)
        } else {
            self.period()
        };
        let lockers = self.below(10);
        let rest = match lockers {
            0 => "1".to_owned(),
            lockers => format!("0.{}", 10 - lockers),
        };
        let start = self.start(300);
        let most = if scarce {
            9
        } else {
            self.of(&[9, 40, 400, 2_000])
        };
        let revenue = 1 + self.below(most);
        let mut end = String::new();
        if self.below(3) == 0 {
            end = format!("end = \"{}\"\n", self.length(2_500));
        }
        let (to, asset) = match self.below(9) {
            0 => return,
            1 => {
                let (numerator, denominator) = (1 + self.below(9), 1 + self.below(9));
                let asset = format!(
                    "asset = \"USD\"\ndecimals = 0\nprice = \"{numerator}/{denominator}\"\n"
                );
                (self.of(&["buyback", "burn"]), asset)
            }
            2 => {
                let asset = "asset = \"USD\"\ndecimals = 0\n".to_owned();
                (self.of(&["treasury", "users"]), asset)
            }
            _ => (
                self.of(&["burn", "burn", "treasury", "users"]),
                String::new(),
            ),
        };
        let _ = write!(text, "[fees]\n{asset}revenue = {revenue}\nper = \"{per}\"\n{start}{end}routes = {{ lockers = 0.{lockers}, {to} = {rest} }}\n");
    }
}

/// Windows of a design: its own, and some that begin before genesis, at it, in between and at the end.
pub fn windows(text: &str, unit: Unit, shift: u64) -> Vec<Design> {
    let Ok(design) = Design::parse("law", text, Overrides::default()) else {
        return Vec::new();
    };
    let (genesis, end) = (design.token.genesis.get(), design.window.end.get());
    let length = (end - genesis) / unit.seconds();
    let after = |units: u64| genesis + units * unit.seconds();
    let before = genesis - 7 * unit.seconds();
    let mut all = vec![design];
    for start in [before, after(shift % length), after(60), end] {
        let overrides = Overrides {
            start: Some(Timestamp::new(start)),
            end: Some(Timestamp::new(end)),
            ..Overrides::default()
        };
        all.extend(Design::parse("law", text, overrides).ok());
    }
    all
}

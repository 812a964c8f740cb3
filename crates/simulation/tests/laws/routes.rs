//! Streams of revenue, named routes of every kind and vaults, from a few numbers.

use std::fmt::Write as _;

/// The assets that revenue comes in, the token first, with the keys of a stream in it.
const ASSETS: [&str; 3] = [
    "",
    "asset = \"USD\"\ndecimals = 0\nprice = \"3/2\"\n",
    "asset = \"EUR\"\ndecimals = 2\n",
];

/// Numbers and periods that a design is drawn from.
pub struct Source<'s> {
    pub next: &'s mut dyn FnMut(u64) -> u64,
    pub period: &'s mut dyn FnMut(u64) -> String,
    /// True if there is little of the token.
    pub scarce: bool,
    /// The asset of each named route, and the number of vaults.
    pub assets: Vec<usize>,
    pub vaults: u64,
}

impl Source<'_> {
    fn below(&mut self, bound: u64) -> u64 {
        (self.next)(bound)
    }

    fn period(&mut self) -> String {
        let number = self.below(1_000);
        (self.period)(number)
    }

    fn of(&mut self, all: &[&str]) -> String {
        all[self.below(all.len() as u64) as usize].to_owned()
    }

    fn amount(&mut self) -> u64 {
        match self.below(3) {
            0 => self.below(20),
            1 => 1 + self.below(90),
            _ => 1 + self.below(2_000),
        }
    }
}

/// Adds all of them to a design.
pub fn write(text: &mut String, source: &mut Source<'_>) {
    source.vaults = source.below(3);
    for index in 0..source.vaults {
        vault(text, index, source);
    }
    let streams = (0..1 + source.below(3)).map(|_| source.below(4) as usize % 3);
    let streams: Vec<usize> = streams.collect();
    for _ in 0..source.below(7) {
        let of = streams[source.below(streams.len() as u64) as usize];
        source.assets.push(of);
    }
    let routes = (0..source.assets.len()).map(|index| route(index, source));
    let routes: Vec<String> = routes.collect();
    for (index, asset) in streams.iter().enumerate() {
        let mut to = shares(*asset, 0, source);
        // One that nothing else leads to belongs to the first stream of its asset.
        if streams.iter().position(|other| other == asset) == Some(index) {
            for place in 0..routes.len() {
                let name = format!("\"R{place}\"");
                let led = routes[..place].iter().any(|before| before.contains(&name));
                if source.assets[place] == *asset && !led && !to.contains(&name) {
                    to.push(name);
                }
            }
        }
        let (keys, to) = (ASSETS[*asset], table(&to, source));
        let revenue = match source.scarce {
            true => 1 + source.below(9),
            false => 1 + source.amount(),
        };
        let (per, start) = (source.period(), source.period());
        let start = match source.below(3) {
            0 => format!("start = \"{start}\"\n"),
            _ => String::new(),
        };
        let _ = write!(
            text,
            "[[fees.stream]]\nname = \"S{index}\"\n{keys}revenue = {revenue}\nper = \"{per}\"\n{start}routes = {to}\n",
        );
    }
    text.extend(routes);
}

fn vault(text: &mut String, index: u64, source: &mut Source<'_>) {
    let share = source.below(30);
    let every = source.period();
    let _ = write!(
        text,
        "[[vault]]\nname = \"V{index}\"\nshare = 0.{share:02}\nevery = \"{every}\"\noffset = {}\n",
        source.of(&["0", "3", "6"]),
    );
    if source.below(2) == 0 {
        let _ = writeln!(text, "start = \"{}\"", source.period());
    }
    if source.below(2) == 0 {
        text.push_str("management_fee = 0.5\nperformance_fee = 0.2\n");
    }
}

/// One to three routes of an asset from the place `first` on, or of every design, each once.
fn shares(asset: usize, first: usize, source: &mut Source<'_>) -> Vec<String> {
    let places = (first..source.assets.len()).filter(|place| source.assets[*place] == asset);
    let places: Vec<usize> = places.collect();
    let mut all: Vec<String> = Vec::new();
    for _ in 0..1 + source.below(3) {
        let name = match source.below(5) {
            0 => source.of(&["treasury", "users", "builders"]),
            1 => "lockers".to_owned(),
            2 if asset == 0 => "burn".to_owned(),
            2 if asset == 1 => "buyback".to_owned(),
            _ if places.is_empty() => "lockers".to_owned(),
            _ => {
                let place = places[source.below(places.len() as u64) as usize];
                format!("\"R{place}\"")
            }
        };
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// A table of shares that sum to 1.
fn table(names: &[String], source: &mut Source<'_>) -> String {
    let mut left = 100;
    let mut parts = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let others = (names.len() - place - 1) as u64;
        let share = match others {
            0 => left,
            _ => 1 + source.below(left - others),
        };
        left -= share;
        parts.push(format!("{name} = \"{}.{:02}\"", share / 100, share % 100));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn route(index: usize, source: &mut Source<'_>) -> String {
    let (asset, vaults) = (source.assets[index], source.vaults);
    let to = |source: &mut Source<'_>| {
        let names = shares(asset, index + 1, source);
        table(&names, source)
    };
    let kind = match source.below(8) {
        0 => format!("kind = \"split\"\nroutes = {}\n", to(source)),
        1 => {
            let (target, then) = (source.amount(), to(source));
            format!("kind = \"buffer\"\ntarget = {target}\nthen = {then}\n")
        }
        2 => {
            let tiers = (0..1 + source.below(3)).map(|tier| {
                let (cap, to) = (source.amount(), to(source));
                format!("{{ name = \"T{tier}\", cap = {cap}, to = {to} }}")
            });
            let tiers = tiers.collect::<Vec<_>>().join(", ");
            let then = to(source);
            format!("kind = \"waterfall\"\ntiers = [{tiers}]\nthen = {then}\n")
        }
        3 if asset == 0 && vaults > 0 => {
            format!("kind = \"vault\"\nvault = \"V{}\"\n", source.below(vaults))
        }
        3 | 4 if asset == 1 => {
            let to = match source.below(vaults + 2) {
                0 => "treasury".to_owned(),
                1 => "burn".to_owned(),
                vault => format!("V{}", vault - 2),
            };
            format!("kind = \"buyback\"\nto = \"{to}\"\n")
        }
        5 => {
            let who = source.of(&["users", "builders"]);
            format!("kind = \"account\"\nstakeholder = \"{who}\"\n")
        }
        _ => lockers(index, source),
    };
    format!("[[fees.route]]\nname = \"R{index}\"\n{kind}")
}

fn lockers(index: usize, source: &mut Source<'_>) -> String {
    let period = source.period();
    let every = match source.below(2) {
        0 => format!("every = \"{period}\"\n"),
        _ => String::new(),
    };
    let without = match source.below(3) {
        0 => "\"hold\"".to_owned(),
        1 => "\"extend\"".to_owned(),
        _ => {
            let names = shares(source.assets[index], index + 1, source);
            let other = names.iter().find(|name| *name != "lockers");
            let name = other.map_or("treasury", |name| name.trim_matches('"'));
            format!("{{ to = \"{name}\" }}")
        }
    };
    format!("kind = \"lockers\"\n{every}without_lockers = {without}\n")
}

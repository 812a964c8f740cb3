//! Emissions that follow a signal, from a few numbers.

/// The keys of one, on a clock of so many seconds a tick: of any kind, with changes of its signal and,
/// where it has a supply, joins.
pub fn keys(tick: u64, next: &mut impl FnMut(u64) -> u64) -> Vec<String> {
    let kind = next(4);
    let (key, path) = path(kind, tick, next);
    let mut keys = match kind {
        0 => sqrt_issuance(next),
        1 => target_bonded(next),
        2 => npos_inflation(next),
        _ => baseline(next),
    };
    keys.push(format!("{key} = [{path}]"));
    // After the last change.
    match next(4) {
        0 => keys.push(format!("cap = {}", 1 + next(2_000))),
        1 => keys.push(format!("end = \"{}s\"", tick * (300 + next(1_500)))),
        _ => {}
    }
    keys
}

/// As a table of a list.
pub fn inline(from: Option<u64>, keys: &[String]) -> String {
    let from = from.map_or_else(String::new, |from| format!("from = \"{from}s\", "));
    format!("{{ {from}{} }}", keys.join(", "))
}

fn path(kind: u64, tick: u64, next: &mut impl FnMut(u64) -> u64) -> (&'static str, String) {
    let mut value = || match kind {
        0 => format!("amount = {}", 1 + next(5_000)),
        1 | 2 => format!("share = 0.{:02}", next(100)),
        _ => format!("is = {}", next(400)),
    };
    let values = [value(), value(), value()];
    let (one, two) = (1 + next(90), 100 + next(150));
    let [first, second, third] = values;
    let path = format!(
        "{{ {first} }}, {{ from = \"{}s\", {second} }}, {{ from = \"{}s\", {third} }}",
        one * tick,
        two * tick
    );
    (if kind == 3 { "power" } else { "staked" }, path)
}

fn sqrt_issuance(next: &mut impl FnMut(u64) -> u64) -> Vec<String> {
    vec![
        "kind = \"sqrt-issuance\"".to_owned(),
        format!("increment = {}", 1 + next(9)),
        format!("factor = {}", 1 + next(5)),
    ]
}

fn target_bonded(next: &mut impl FnMut(u64) -> u64) -> Vec<String> {
    let mut keys = inflation("target-bonded", next);
    keys.push(format!("initial = 0.{}", 2 + next(3)));
    keys.push(format!("goal = 0.{}", 1 + next(9)));
    keys.push(format!("change = 0.{}", 1 + next(9)));
    keys
}

fn npos_inflation(next: &mut impl FnMut(u64) -> u64) -> Vec<String> {
    let mut keys = inflation("npos-inflation", next);
    keys.push(format!("ideal = 0.{}", 1 + next(9)));
    keys.push(format!("falloff = 0.0{}", 1 + next(9)));
    keys
}

fn inflation(kind: &str, next: &mut impl FnMut(u64) -> u64) -> Vec<String> {
    let update = [1 + next(9), 1 + next(200), 5_000][next(3) as usize];
    vec![
        format!("kind = \"{kind}\""),
        format!(
            "supply = {}",
            [1 + next(30), 1_000 + next(9_000)][next(2) as usize]
        ),
        "min = 0.1".to_owned(),
        "max = 0.5".to_owned(),
        format!("year = {}", 200 + next(900)),
        format!("update = {update}"),
    ]
}

fn baseline(next: &mut impl FnMut(u64) -> u64) -> Vec<String> {
    vec![
        "kind = \"baseline\"".to_owned(),
        format!("total = {}", 1 + next(9_000)),
        format!("half_life = {}", 100 + next(900)),
        format!("baseline = {}", 1 + next(200)),
        format!("doubling = {}", 50 + next(900)),
    ]
}

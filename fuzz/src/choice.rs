//! Which law is called: the one that the variable `LAW` names.

use std::process::exit;
use std::sync::OnceLock;

use crate::arguments;
use crate::law::Law;

static CHOSEN: OnceLock<Law> = OnceLock::new();

/// Returns the law that was chosen when the target started.
pub(crate) fn law() -> &'static Law {
    CHOSEN
        .get()
        .expect("a law is chosen before the first input is read")
}

/// Chooses the law that `LAW` names, once, as the target starts. Ends the target where it names
/// none, and with `LAW=list`, which lists them.
pub fn choose(mut laws: Vec<Law>) {
    let name = std::env::var("LAW").unwrap_or_default();
    if name == "list" {
        laws.iter().for_each(|law| println!("{}", law.name));
        exit(0);
    }
    let Some(at) = laws.iter().position(|law| law.name == name) else {
        eprintln!("{}", refusal(&name, &laws));
        exit(1);
    };
    CHOSEN.get_or_init(|| laws.swap_remove(at));
    arguments::show_at_a_panic();
}

fn refusal(name: &str, laws: &[Law]) -> String {
    const ALL: &str = "LAW=list lists all";
    if name.is_empty() {
        return format!("the variable LAW names no law; {ALL}");
    }
    let names = laws.iter().map(|law| law.name);
    let near: Vec<&str> = names.filter(|known| is_near(name, known)).collect();
    match near.as_slice() {
        [] => format!("there is no law `{name}`; {ALL}"),
        near => format!(
            "there is no law `{name}`; near it: {}; {ALL}",
            near.join(", ")
        ),
    }
}

/// Whether a name is a part of a known one, or a few letters away from it.
fn is_near(name: &str, known: &str) -> bool {
    known.contains(name) || distance(name, known) <= known.len() / 4
}

/// The fewest letters to insert, remove or replace: the usual table, a row at a time.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (above, x) in a.bytes().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (at, y) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

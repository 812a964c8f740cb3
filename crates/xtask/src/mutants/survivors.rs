//! Which mutants may survive: those on a crate's list, each with the reason why no test can see it.

use std::collections::HashMap;

/// The mutants by how they ended, as cargo-mutants names them:
/// `crates/fixed-math/src/wad.rs:30:5: replace + with - in f`.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) caught: Vec<String>,
    pub(super) missed: Vec<String>,
    pub(super) timeout: Vec<String>,
    pub(super) unviable: Vec<String>,
}

impl Report {
    /// Those that built.
    pub(super) fn tested(&self) -> usize {
        self.caught.len() + self.missed.len() + self.timeout.len()
    }
}

/// The names on a list and how often each is there. An entry is a line "- `src/…: replace …`" and the
/// reason, indented, in the lines below it.
pub(super) fn explained(list: &str) -> Result<HashMap<String, usize>, String> {
    let mut entries = HashMap::new();
    let mut lines = list.lines().peekable();
    while let Some(line) = lines.next() {
        let entry = line
            .strip_prefix("- `")
            .and_then(|rest| rest.strip_suffix('`'));
        let Some(entry) = entry else { continue };
        let reason = lines.peek().filter(|next| next.starts_with("  "));
        if reason.is_none_or(|reason| reason.trim().is_empty()) {
            return Err(format!("without a reason: {entry}"));
        }
        *entries.entry(entry.to_owned()).or_default() += 1;
    }
    Ok(entries)
}

/// A mutant without the folder of its crate and its place in the file, which moves with every line
/// above it.
fn name(mutant: &str) -> String {
    let mut parts = mutant.splitn(4, ':');
    let file = parts.next().unwrap_or_default();
    let file = file.find("src/").map_or(file, |at| &file[at..]);
    let what = parts.nth(2).unwrap_or_default();
    format!("{file}:{what}")
}

/// A survivor as its entry would begin, for who finds that no test can see it.
fn unexplained(mutant: &str) -> String {
    let entry = name(mutant);
    format!("no test sees it, and nothing explains it: {mutant}\n- `{entry}`")
}

/// What the run came to, or what is wrong with it; `of` is how many mutants the crate has, of which at
/// most `most` in a hundred may be on its list.
pub(super) fn judge(
    report: &Report,
    explained: &HashMap<String, usize>,
    of: usize,
    most: usize,
) -> Result<String, String> {
    let mut room = explained.clone();
    let mut wrong = Vec::new();
    for mutant in &report.missed {
        match room.get_mut(&name(mutant)) {
            Some(left @ 1..) => *left -= 1,
            _ => wrong.push(unexplained(mutant)),
        }
    }
    let missed: Vec<_> = report.missed.iter().map(|it| name(it)).collect();
    let caught = report.caught.iter().map(|it| name(it));
    for mutant in caught.filter(|it| explained.contains_key(it) && !missed.contains(it)) {
        wrong.push(format!(
            "a test sees it now, so it needs no reason: {mutant}"
        ));
    }
    // Who isn't on the list may not survive, so this holds for the whole where a part is run.
    let listed: usize = explained.values().sum();
    if listed * 100 > of * most {
        wrong.push(format!("{listed} of {of} are listed: above {most}%"));
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    let (tested, survived) = (report.tested(), report.missed.len());
    let (caught, timeout) = (report.caught.len(), report.timeout.len());
    Ok(format!(
        "{tested} mutants: {caught} caught, {timeout} that took too long, {survived} explained; \
         {} more didn't build",
        report.unviable.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# Survivors\n\n\
        - `src/limb/mod.rs: replace | with ^ in join`\n  The halves share no bit.\n\
        - `src/limb/mod.rs: replace | with ^ in join`\n  Nor do these.\n";
    const CAUGHT: &str = "crates/a/src/wad.rs:3:5: replace f -> u8 with 0";
    const MISSED: &str = "crates/a/src/limb/mod.rs:41:9: replace | with ^ in join";

    fn judge(report: &Report, list: &HashMap<String, usize>) -> Result<String, String> {
        super::judge(report, list, 1_000, 2)
    }

    fn report(caught: usize, missed: &[&str]) -> Report {
        Report {
            caught: vec![CAUGHT.to_owned(); caught],
            missed: missed.iter().map(|it| (*it).to_owned()).collect(),
            ..Report::default()
        }
    }

    #[test]
    fn a_name_has_no_place() {
        assert_eq!(name(MISSED), "src/limb/mod.rs: replace | with ^ in join");
        assert_eq!(name(CAUGHT), "src/wad.rs: replace f -> u8 with 0");
        let path = "crates/a/src/b.rs:1:2: replace c::D::e -> F with G::h()";
        assert_eq!(name(path), "src/b.rs: replace c::D::e -> F with G::h()");
    }

    #[test]
    fn an_entry_has_a_reason() {
        assert_eq!(explained(LIST).unwrap().values().sum::<usize>(), 2);
        assert!(explained("- `src/a.rs: replace + with -`\n").is_err());
        assert!(explained("- `src/a.rs: replace + with -`\n\n  Late.\n").is_err());
    }

    #[test]
    fn as_many_may_survive_as_are_explained() {
        let list = explained(LIST).unwrap();
        assert!(judge(&report(200, &[MISSED]), &list).is_ok());
        assert!(judge(&report(200, &[MISSED; 2]), &list).is_ok());
        let why = judge(&report(200, &[MISSED; 3]), &list).unwrap_err();
        assert!(why.starts_with("no test sees it"), "{why}");
        let entry = "\n- `src/limb/mod.rs: replace | with ^ in join`";
        assert!(why.ends_with(entry), "{why}");
    }

    #[test]
    fn more_than_may_survive_are_too_many_even_explained() {
        let list = explained(LIST).unwrap();
        let judge = |of, most| super::judge(&report(9, &[MISSED; 2]), &list, of, most);
        assert!(judge(100, 2).is_ok() && judge(20, 10).is_ok());
        let why = judge(99, 2).unwrap_err();
        assert!(why.contains("above 2%"), "{why}");
        assert!(judge(19, 10).is_err());
    }

    #[test]
    fn an_entry_that_is_caught_has_to_go() {
        let list = explained("- `src/wad.rs: replace f -> u8 with 0`\n  It was.\n").unwrap();
        let why = judge(&report(1, &[]), &list).unwrap_err();
        assert!(why.contains("sees it now"), "{why}");
    }

    #[test]
    fn every_list_can_be_read() {
        for member in crate::workspace::members().unwrap() {
            let list = crate::shell::read(&format!("{}/mutants.md", member.folder));
            explained(&list.unwrap_or_default()).unwrap();
        }
    }
}

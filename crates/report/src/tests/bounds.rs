//! Pages of designs with thousands of parts, and of names that act on what shows them.

use super::{assert_balanced, report, TEAM, TOKEN};

#[test]
fn thousands_of_allocations_and_emissions_have_a_page_of_reasonable_size() {
    let each = |n: usize| {
        let team = TEAM.replace("Team", &format!("Round {n}"));
        team.replace("1_000", &(1_000 + n).to_string())
    };
    let minted = |n: usize| {
        format!(
            "[[emission]]\nname = \"M{n}\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = {}\n\
             tick = \"1d\"\nend = \"1y\"\n",
            n + 1
        )
    };
    let rounds: String = (0..2_000).map(each).collect();
    let mints: String = (0..300).map(minted).collect();
    let page = report(&format!(
        "{TOKEN}[simulation]\nend = \"1y\"\n{rounds}{mints}"
    ));
    assert!(page.len() < 1_000_000, "{}", page.len());
    assert_balanced(&page);
    let page = page.replace('\u{202f}', " ");
    for words in [
        "The 200 largest of 2 000 allocations; summary.json has them all.",
        "The 200 of 300 emissions that minted most.",
        "292 others",
        "1 992 others",
        "to 2 000 allocations",
        "1 801 smaller accounts",
    ] {
        assert!(page.contains(words), "{words}");
    }
    // The largest are shown, and the smallest are not.
    let row = |name: &str| page.contains(&format!("<th scope=\"row\">{name}</th>"));
    assert!(row("Round 1999") && row("M299") && !row("Round 0") && !row("M0"));
    // The accounts sum to the supply, with those that are not shown: 366 days of 1 + … + 300, and
    // 2 000 rounds of 1 000 + … + 2 999.
    let (_, sum) = page.split_once("<th scope=\"row\">Sum</th>").unwrap();
    let (sum, _) = sum.split_once("</td>").unwrap();
    assert!(sum.contains("20 523 900"), "{sum}");
}

#[test]
fn thousands_of_years_are_told_by_decade_or_century() {
    let years = |end: &str| {
        let page = report(&format!("{TOKEN}{TEAM}[simulation]\nend = \"{end}\"\n"));
        let (_, years) = page.split_once("<section id=\"years\"").unwrap();
        let (years, _) = years.split_once("</section>").unwrap();
        (years.matches("<tr>").count() - 1, years.to_owned())
    };
    let (rows, told) = years("150y");
    assert!(rows == 151 && told.contains("of each year, and"), "{rows}");
    let (rows, told) = years("1000y");
    assert!(
        rows == 102 && told.contains("of every 10 years, as there are many"),
        "{rows}"
    );
    assert!(
        told.contains("2030-01-01") && told.contains("2024-01-01") && told.contains("3024-01-01")
    );
    let (rows, told) = years("7000y");
    assert!(rows == 72 && told.contains("of every 100 years"), "{rows}");
}

#[test]
fn names_cannot_turn_the_page_or_act_on_a_terminal() {
    let name = "T\\u001B[31m\\u202Eevil\\u0007\\nnext\\u2066";
    let text = format!("{TOKEN}{TEAM}[[emission]]\nname = \"Mint\"\nstakeholder = \"users\"\nkind = \"constant\"\nrate = 1\nend = \"1y\"\n")
        .replace("\"Demo\"", &format!("\"{name}\""))
        .replace("\"DMO\"", &format!("\"{name}\""))
        .replace("\"Mint\"", &format!("\"Mint {name}\""))
        .replace("\"Team\"", &format!("\"Team {name}\""));
    let page = report(&text);
    assert!(!page.contains(tokenomics_design::is_hidden));
    assert!(page.contains("T\\u{1b}[31m\\u{202e}evil\\u{7}\\nnext\\u{2066}"));
    assert_balanced(&page);
}

#[test]
fn a_page_is_one_line_whatever_is_drawn() {
    assert!(!report(&tokenomics_design::starter("Demo")).contains(char::is_control));
}

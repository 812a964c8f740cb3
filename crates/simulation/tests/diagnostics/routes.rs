//! What wrong routes of revenue are answered with.

use super::fees::{routed, streams, EUR, USD};
use super::{found, one, refused, sound, with};

#[test]
fn a_plan_of_all_kinds_is_sound() {
    for kind in [
        "kind = \"split\"\nroutes = { lockers = 0.5, users = 0.5 }",
        "kind = \"lockers\"",
        "kind = \"lockers\"\nevery = \"4w\"\nwithout_lockers = \"extend\"",
        "kind = \"lockers\"\nwithout_lockers = { to = \"treasury\" }",
        "kind = \"buyback\"",
        "kind = \"buyback\"\nto = \"burn\"",
        "kind = \"account\"\nstakeholder = \"builders\"",
        "kind = \"buffer\"\ntarget = 0\nthen = { users = 1 }",
        "kind = \"waterfall\"\ntiers = [{ name = \"A\", cap = 1, to = { users = 1 } }]\nthen = { treasury = 1 }",
    ] {
        sound(&routed(kind));
    }
    let vault = "[[vault]]\nname = \"V\"\nshare = 0.5\n";
    sound(&(routed("kind = \"buyback\"\nto = \"V\"") + vault));
    let own = routed("kind = \"vault\"\nvault = \"V\"") + vault;
    sound(&own.replace("asset = \"USD\"\ndecimals = 2\nprice = 1\n", ""));
}

#[test]
fn routes_are_those_there_are() {
    let to = |routes: &str| with(&streams(&[("", routes)]));
    one(&to("burm = 1"), "burm", "there is no route `burm`");
    assert_eq!(
        refused(&to("burm = 1")).problems()[0].label,
        "did you mean `burn`?"
    );
    let far = refused(&to("\"Röhre 管\" = 1"));
    assert_eq!(far.problems()[0].message, "there is no route `Röhre 管`");
    assert_eq!(
        far.problems()[0].label,
        "a [[fees.route]] would say its kind"
    );
    // Of a name that is wrong itself, none is unknown.
    let unnamed = routed("kind = \"lockers\"").replace("name = \"R\"", "name = 5");
    one(&unnamed, "5", "expected a string");
    for kind in [
        "kind = \"split\"\nroutes = { Q = 1 }",
        "kind = \"buffer\"\ntarget = 1\nthen = { Q = 1 }",
        "kind = \"waterfall\"\ntiers = [{ name = \"A\", cap = 1, to = { Q = 1 } }]\nthen = { treasury = 1 }",
        "kind = \"waterfall\"\ntiers = [{ name = \"A\", cap = 1, to = { users = 1 } }]\nthen = { Q = 1 }",
    ] {
        one(&routed(kind), "Q", "there is no route `Q`");
    }
    one(
        &routed("kind = \"lockers\"\nwithout_lockers = { to = \"Q\" }"),
        "\"Q\"",
        "there is no route `Q`",
    );
}

#[test]
fn every_route_of_the_file_has_something_that_leads_to_it() {
    let unused = "[[fees.route]]\nname = \"Q\"\nkind = \"lockers\"\n";
    let text = routed("kind = \"lockers\"") + unused;
    one(&text, "\"Q\"", "nothing leads to the route `Q`");
    // A share of 0 does: it may be tried out.
    sound(&text.replace("R = 1", "R = 1, Q = 0"));
    // What only an unused one leads to is unused too.
    let chain =
        format!("{unused}[[fees.route]]\nname = \"P\"\nkind = \"split\"\nroutes = {{ Q = 1 }}\n");
    let text = routed("kind = \"lockers\"") + &chain;
    assert_eq!(found(&text).len(), 2, "{:?}", found(&text));
    sound(&text.replace("R = 1", "R = 0.5, P = 0.5"));
    // With an unknown name, one that seems unused may be what was meant.
    one(
        &text.replace("R = 1", "R = 0.5, p = 0.5"),
        "p",
        "there is no route `p`",
    );
    // So may a share that can't be read, or a route whose kind can't.
    one(
        &text.replace("R = 1", "R = \"x\""),
        "\"x\"",
        "the share `x`",
    );
    one(
        &text
            .replace("R = 1", "R = 0.5, P = 0.5")
            .replace("kind = \"split\"", "kind = \"spilt\""),
        "\"spilt\"",
        "did you mean `split`?",
    );
    let without = "[fees]\nwithout_lockers = \"extend\"\n".to_owned();
    one(
        &with(&(without + &streams(&[("", "burn = 1")]))),
        "without_lockers",
        "`without_lockers` is of the route `lockers`, and nothing leads to it",
    );
}

#[test]
fn revenue_does_not_go_in_a_circle() {
    let split = |name: &str, to: &str| {
        format!("[[fees.route]]\nname = \"{name}\"\nkind = \"split\"\nroutes = {{ {to} }}\n")
    };
    let text = |routes: &str, list: &[(&str, &str)]| {
        let each = list.iter().map(|(name, to)| split(name, to));
        with(&(streams(&[("", routes)]) + &each.collect::<String>()))
    };
    let circle = "revenue goes in a circle: ";
    one(
        &text("A = 1", &[("A", "A = 0.5, burn = 0.5")]),
        "A",
        &format!("{circle}`A` to `A`"),
    );
    let three = text("B = 1", &[("A", "B = 1"), ("C", "A = 1"), ("B", "C = 1")]);
    one(&three, "A", &format!("{circle}`A` to `B` to `C` to `A`"));
    // Two of them, with a way in between.
    let two = text(
        "A = 1",
        &[
            ("A", "B = 1"),
            ("B", "A = 0.5, C = 0.5"),
            ("C", "D = 1"),
            ("D", "C = 1"),
        ],
    );
    let messages: Vec<_> = found(&two).into_iter().map(|it| it.1).collect();
    assert_eq!(
        messages,
        [
            format!("{circle}`A` to `B` to `A`"),
            format!("{circle}`C` to `D` to `C`")
        ]
    );
    // A share of 0 leads nowhere.
    sound(&text("A = 1", &[("A", "A = 0, burn = 1")]));
    sound(&text(
        "A = 0.5, B = 0.5",
        &[("A", "B = 1"), ("B", "burn = 1")],
    ));
    let lockers = routed("kind = \"lockers\"\nwithout_lockers = { to = \"R\" }");
    one(&lockers, "\"R\"", &format!("{circle}`R` to `R`"));
    let built_in = with("[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { lockers = 1 }\nwithout_lockers = { to = \"lockers\" }\n");
    one(&built_in, "\"lockers\"", "`lockers` to `lockers`");
}

#[test]
fn a_buffer_and_a_waterfall_are_of_one_asset() {
    let route = |kind: &str| format!("[[fees.route]]\nname = \"R\"\n{kind}\n");
    let buffer = route("kind = \"buffer\"\ntarget = 1\nthen = { users = 1 }");
    let both =
        |kind: &str| with(&(streams(&[(USD, "R = 1"), (EUR, "R = 1"), ("", "R = 1")]) + kind));
    let message = "a buffer is of one asset, and `R` gets `USD` from `S1` and `EUR` from `S2`";
    let told = found(&both(&buffer));
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], ("\"R\"".to_owned(), message.to_owned()));
    assert!(told[1].1.ends_with("and the token from `S3`"), "{told:?}");
    let nested =
        format!("{buffer}[[fees.route]]\nname = \"Q\"\nkind = \"split\"\nroutes = {{ R = 1 }}\n");
    one(
        &with(&(streams(&[(USD, "R = 1"), ("", "Q = 1")]) + &nested)),
        "\"R\"",
        "`R` gets `USD` from `S1` and the token from `S2`",
    );
    sound(&with(
        &(streams(&[(USD, "R = 1"), ("asset = \"USD\"", "Q = 1")]) + &nested),
    ));
    // The digits of its target are those of the first.
    let fine = buffer.replace("target = 1", "target = 0.01");
    let two = streams(&[(USD, "R = 1"), ("asset = \"YEN\"\ndecimals = 0", "R = 1")]);
    one(
        &with(&(two + &fine)),
        "\"R\"",
        "`USD` from `S1` and `YEN` from `S2`",
    );
    let waterfall = route("kind = \"waterfall\"\ntiers = [{ name = \"A\", cap = 1, to = { users = 1 } }]\nthen = { treasury = 1 }");
    let told = found(&both(&waterfall));
    assert!(
        told[0].1.starts_with("a waterfall is of one asset"),
        "{told:?}"
    );
    // Any other kind may be of several.
    sound(&both(&route("kind = \"lockers\"\nevery = \"1d\"")));
}

#[test]
fn kinds_have_their_keys_and_no_others() {
    one(
        &routed("kind = \"bufer\""),
        "\"bufer\"",
        "`bufer` is not known here: did you mean `buffer`?",
    );
    one(&routed(""), "[[fees.route]]", "route \"R\" needs `kind`");
    one(&routed("kind = 1"), "1", "expected a string");
    for (kind, needs) in [
        ("split", "routes"),
        ("account", "stakeholder"),
        ("vault", "vault"),
    ] {
        one(
            &routed(&format!("kind = \"{kind}\"")),
            "[[fees.route]]",
            &format!("route \"R\" needs `{needs}`"),
        );
    }
    for (kind, needs) in [
        ("buffer", ["target", "then"]),
        ("waterfall", ["tiers", "then"]),
    ] {
        let told = found(&routed(&format!("kind = \"{kind}\"")));
        let wanted = needs.map(|key| format!("route \"R\" needs `{key}`"));
        assert_eq!(told.into_iter().map(|it| it.1).collect::<Vec<_>>(), wanted);
    }
    for (kind, key) in [
        ("kind = \"lockers\"\ntarget = 1", "target"),
        ("kind = \"buyback\"\nevery = \"1d\"", "every"),
        (
            "kind = \"account\"\nstakeholder = \"users\"\nto = \"burn\"",
            "to",
        ),
    ] {
        one(&routed(kind), key, "unknown key");
    }
    one(
        &routed("kind = \"account\"\nstakeholder = \"user\""),
        "\"user\"",
        "did you mean `users`?",
    );
    sound(&routed("kind = \"lockers\"\nevery = \"1mo\""));
    one(&routed("kind = \"lockers\"\nevery = \"0d\""), "\"0d\"", "");
    one(
        &routed("kind = \"lockers\"\nwithout_lockers = \"keep\""),
        "\"keep\"",
        "`keep` is not known here",
    );
    // A route is said in a table.
    let bare = refused(&routed(
        "kind = \"lockers\"\nwithout_lockers = \"treasury\"",
    ));
    assert_eq!(
        bare.problems()[0].help.as_deref(),
        Some("allowed is hold, extend, or a route, as in { to = \"treasury\" }")
    );
    let far = refused(&routed("kind = \"buyback\"\nto = \"tresury\""));
    assert_eq!(
        far.problems()[0].message,
        "there is no vault `tresury`: did you mean `treasury`?"
    );
    assert_eq!(
        far.problems()[0].help.as_deref(),
        Some("a [[vault]] says its name and its share; allowed without one: treasury, burn")
    );
    one(
        &routed("kind = \"lockers\"\nwithout_lockers = true"),
        "true",
        "expected \"hold\", \"extend\", or a table",
    );
    one(
        &routed("kind = \"lockers\"\nwithout_lockers = {}"),
        "without_lockers",
        "needs `to`",
    );
    one(
        &routed("kind = \"lockers\"\nwithout_lockers = { too = \"burn\", to = \"burn\" }"),
        "too",
        "unknown key `too`",
    );
}

#[test]
fn amounts_are_of_the_asset_that_comes() {
    let buffer = |target: &str| {
        routed(&format!(
            "kind = \"buffer\"\ntarget = {target}\nthen = {{ users = 1 }}"
        ))
    };
    sound(&buffer("0.01"));
    one(
        &buffer("0.001"),
        "0.001",
        "3 digits after the point, but at most 2",
    );
    one(&buffer("-1"), "-1", "negative");
    one(&buffer("\"1m\""), "\"1m\"", "the amount `1m`");
    let tiers = |caps: [&str; 2]| {
        let tier = |name: &str, cap: &str| {
            format!("{{ name = \"{name}\", cap = {cap}, to = {{ users = 1 }} }}")
        };
        routed(&format!(
            "kind = \"waterfall\"\ntiers = [{}, {}]\nthen = {{ treasury = 1 }}",
            tier("A", caps[0]),
            tier("B", caps[1])
        ))
    };
    let most = "3402823669209384634633746074317682114.55";
    sound(&tiers(["0.01", "0"]));
    sound(&tiers([&format!("\"{most}\""), "0"]));
    one(
        &tiers([&format!("\"{most}\""), "0.01"]),
        "0.01",
        "the tiers up to `B` take more than can be counted",
    );
    one(&tiers(["0.001", "1"]), "0.001", "3 digits");
    assert_eq!(found(&tiers(["0.001", "-1"])).len(), 2);
    one(
        &tiers(["1", "1"]).replace("\"B\"", "\"A\""),
        "\"A\"",
        "the name `A` is taken",
    );
    let tier = "{ name = \"A\", cap = 1, to = { users = 1 } }";
    let none =
        tiers(["1", "1"]).replace(&format!("{tier}, {}", tier.replace("\"A\"", "\"B\"")), "");
    one(&none, "[[fees.route]]", "route \"R\" needs `tiers`");
    let capless = tiers(["1", "1"]).replacen("cap = 1, ", "", 1);
    one(
        &capless,
        &tier.replace("cap = 1, ", ""),
        "tier \"A\" needs `cap`",
    );
}

#[test]
fn names_may_be_of_any_script_and_long_ones_are_cut() {
    let text = |name: &str| {
        routed("kind = \"split\"\nroutes = { R = 1 }")
            .replace("\"R\"", &format!("\"{name}\""))
            .replace("{ R = 1 }", &format!("{{ \"{name}\" = 1 }}"))
    };
    for name in ["準備金", "Réserve 🏦", "e\u{301}", "a.b", "a=b", "צדקה"] {
        one(
            &text(name),
            &format!("\"{name}\""),
            &format!("`{name}` to `{name}`"),
        );
    }
    let long = "ü".repeat(100_000);
    let message = found(&text(&long)).remove(0).1;
    assert!(
        message.chars().count() < 1_100 && message.starts_with("revenue goes in a circle"),
        "{message}"
    );
    // Hidden characters are escaped where a problem is shown; the name stays what it is.
    let hidden = "R\\u202e";
    assert_eq!(found(&text(hidden)).len(), 1);
}

#[test]
fn periods_that_are_not_taken_together_count_as_events() {
    let long = |keys: &str, rest: &str| {
        format!(
            "{}{rest}",
            with(&format!("[simulation]\nend = \"4y\"\n{keys}"))
        )
    };
    let second =
        |routes: &str| format!("[fees]\nrevenue = 1\nper = \"1s\"\nroutes = {{ {routes} }}\n");
    sound(&long(
        &second("lockers = 0.5, treasury = 0.2, burn = 0.2, users = 0.1"),
        "",
    ));
    for kind in [
        "kind = \"split\"\nroutes = { users = 1 }",
        "kind = \"lockers\"\nwithout_lockers = { to = \"users\" }",
    ] {
        let route = format!("[[fees.route]]\nname = \"R\"\n{kind}\n");
        sound(&long(&second("R = 1"), &route));
    }
    for kind in [
        "kind = \"lockers\"\nwithout_lockers = \"extend\"",
        "kind = \"buffer\"\ntarget = 1\nthen = { users = 1 }",
        "kind = \"waterfall\"\ntiers = [{ name = \"A\", cap = 1, to = { users = 1 } }]\nthen = { users = 1 }",
    ] {
        let route = format!("[[fees.route]]\nname = \"R\"\n{kind}\n");
        one(&long(&second("R = 1"), &route), "[token]", "`per` of Fees");
    }
    let two = streams(&[("", "burn = 1"), ("", "burn = 1")]).replacen("1d", "1s", 1);
    one(&long(&two, ""), "[token]", "`per` of S1");
    let epoch = "[[fees.route]]\nname = \"R\"\nkind = \"lockers\"\nevery = \"1s\"\n";
    let day = second("R = 1").replace("1s", "1d");
    one(&long(&day, epoch), "[token]", "`every` of R");
    let programme = |name: &str| {
        format!("[[escrow.programme]]\nname = \"{name}\"\nshare = 0.1\nduration = \"9w\"\n")
    };
    let one_programme = long(&second("lockers = 1"), &programme("A"));
    sound(&one_programme);
    one(
        &(one_programme + &programme("B")),
        "[token]",
        "`per` of Fees",
    );
    let vault = "[[vault]]\nname = \"V\"\nshare = 0.5\nevery = \"1s\"\n";
    one(&long("", vault), "[token]", "deposits by `every` of V");
}

//! What wrong streams of revenue are answered with.

use super::{found, one, refused, sound, with};

/// A design of which `[fees]` says a stream in dollars to a route of the file, and that route.
pub(super) fn routed(kind: &str) -> String {
    with(&format!("[fees]\nasset = \"USD\"\ndecimals = 2\nprice = 1\nrevenue = 1\nper = \"1d\"\nroutes = {{ R = 1 }}\n[[fees.route]]\nname = \"R\"\n{kind}\n"))
}

/// Streams by their keys and routes.
pub(super) fn streams(list: &[(&str, &str)]) -> String {
    let each = list.iter().zip(1..).map(|((keys, routes), n)| {
        format!("[[fees.stream]]\nname = \"S{n}\"\n{keys}\nrevenue = 1\nper = \"1d\"\nroutes = {{ {routes} }}\n")
    });
    each.collect()
}

pub(super) const USD: &str = "asset = \"USD\"\ndecimals = 2";
pub(super) const EUR: &str = "asset = \"EUR\"\ndecimals = 2";

#[test]
fn one_stream_or_several_but_not_both() {
    let both = "[fees]\nrevenue = 1\nper = \"1d\"\n".to_owned() + &streams(&[("", "burn = 1")]);
    let places: Vec<_> = found(&with(&both)).into_iter().map(|it| it.0).collect();
    assert_eq!(places, ["revenue", "per"]);
    let both = "[fees]\nrevenue = 1\n".to_owned() + &streams(&[("", "burn = 1")]);
    one(
        &with(&both),
        "revenue",
        "[fees] has `revenue` beside [[fees.stream]]",
    );
    one(
        &with("[fees]\nstream = []\n"),
        "fees",
        "[fees] needs `stream`",
    );
    one(
        &with("[fees]\nstream = 5\n"),
        "5",
        "expected a table, found an integer",
    );
    let missing = found(&with("[fees]\n"));
    let messages: Vec<_> = missing.iter().map(|it| it.1.as_str()).collect();
    assert_eq!(
        messages,
        [
            "[fees] needs `revenue`",
            "[fees] needs `per`",
            "[fees] needs `routes`"
        ]
    );
    let nothing = found(&with("[[fees.stream]]\nname = \"S\"\n"));
    assert_eq!(nothing.len(), 3, "{nothing:?}");
    assert_eq!(nothing[0].1, "stream \"S\" needs `revenue`");
}

#[test]
fn names_are_unique_and_not_those_of_every_design() {
    let two = streams(&[("", "burn = 1"), ("", "burn = 1")]);
    sound(&with(&two));
    one(
        &with(&two.replace("S2", "S1")),
        "\"S1\"",
        "the name `S1` is taken",
    );
    one(
        &with(&streams(&[("", "burn = 1")]).replace("name = \"S1\"\n", "")),
        "[[fees.stream]]",
        "[[fees.stream]] needs `name`",
    );
    let named = |name: &str| {
        routed("kind = \"lockers\"")
            .replace("\"R\"", &format!("\"{name}\""))
            .replace("R =", &format!("\"{name}\" ="))
    };
    sound(&named("Lockers"));
    for name in [
        "lockers",
        "treasury",
        "buyback",
        "burn",
        "users",
        "operators",
    ] {
        let place = format!("\"{name}\"");
        one(
            &named(name),
            &place,
            &format!("every design has a route `{name}`"),
        );
    }
    one(
        &named("outside"),
        "\"outside\"",
        "`outside` is an account of every asset",
    );
    one(
        &named("").replace("\"\" =", "lockers ="),
        "\"\"",
        "this text is empty",
    );
    let twice = "[[fees.route]]\nname = \"R\"\nkind = \"lockers\"\n";
    one(
        &(routed("kind = \"lockers\"") + twice),
        "\"R\"",
        "the name `R` is taken",
    );
}

#[test]
fn shares_sum_to_one_wherever_they_stand() {
    let short = "{ users = 0.5, treasury = 0.4 }";
    for (kind, place) in [
        (format!("kind = \"split\"\nroutes = {short}"), "routes"),
        (format!("kind = \"buffer\"\ntarget = 1\nthen = {short}"), "then"),
        (format!("kind = \"waterfall\"\ntiers = [{{ name = \"A\", cap = 1, to = {short} }}]\nthen = {{ treasury = 1 }}"), "to"),
        (format!("kind = \"waterfall\"\ntiers = [{{ name = \"A\", cap = 1, to = {{ users = 1 }} }}]\nthen = {short}"), "then"),
    ] {
        one(&routed(&kind), place, "sum to 0.9, not to 1");
    }
    let to = |routes: &str| with(&streams(&[("", routes)]));
    one(
        &to("users = 0.5, treasury = 0.6"),
        "routes",
        "the shares of `routes` of stream \"S1\" sum to 1.1, not to 1",
    );
    one(&to(""), "routes", "sum to 0, not to 1");
    one(&to("users = 2"), "2", "the share `2`");
    one(&to("users = -1"), "-1", "the share `-1` is negative");
    one(&to("users = \"all\""), "\"all\"", "the share `all`");
    one(
        &to("users = { burn = 1 }"),
        "{ burn = 1 }",
        "expected a number",
    );
    one(
        &to("users = 0.9999999999999999999"),
        "0.9999999999999999999",
        "19 digits after the point",
    );
    one(
        &to("users = 0.999999999999999999"),
        "routes",
        "sum to 0.999999999999999999, not to 1",
    );
}

#[test]
fn a_stream_of_an_asset_agrees_with_the_others() {
    let two = |keys: &str| {
        with(&streams(&[
            (&format!("{USD}\nprice = 2"), "burn = 1"),
            (keys, "burn = 1"),
        ]))
    };
    sound(&two("asset = \"USD\""));
    sound(&two("asset = \"USD\"\ndecimals = 2\nprice = \"4/2\""));
    one(
        &two("asset = \"USD\"\ndecimals = 3"),
        "3",
        "`USD` has 2 decimals in stream \"S1\", and 3 here",
    );
    one(
        &two("asset = \"USD\"\nprice = 2.5"),
        "2.5",
        "the price in `USD` is another one in stream \"S1\"",
    );
    one(
        &two("asset = \"EUR\"\nprice = 2"),
        "[[fees.stream]]",
        "stream \"S2\" needs `decimals`",
    );
    one(
        &two("price = 2"),
        "price",
        "stream \"S2\" has `price` but no `asset`",
    );
    one(
        &two("asset = \"T\"\ndecimals = 6"),
        "\"T\"",
        "`T` is the token itself",
    );
    // The digits of revenue in an asset that isn't known are not judged.
    let unknown = with(&streams(&[("asset = \"USD\"\ndecimals = 39", "users = 1")]));
    one(
        &unknown.replace("revenue = 1", "revenue = 0.5"),
        "39",
        "39 is out of range",
    );
    // The second may say the price for both.
    let second = |price: &str| {
        with(&streams(&[
            (USD, "burn = 1"),
            (&format!("asset = \"USD\"{price}"), "users = 1"),
        ]))
    };
    sound(&second("\nprice = 2"));
    one(
        &second(""),
        "burn",
        "buying the token needs its price in `USD`",
    );
    // A price that is wrong isn't missing.
    one(&second("\nprice = 0"), "0", "this price is zero");
    one(
        &second("\nprice = \"x\""),
        "\"x\"",
        "the ratio `x` is not usable",
    );
    let fine = with(&streams(&[(
        "asset = \"USD\"\ndecimals = 30\nprice = 1_000_000_000_000_000",
        "burn = 1",
    )]));
    one(
        &fine,
        "1_000_000_000_000_000",
        "this price has too many digits",
    );
}

#[test]
fn purchases_and_vaults_are_of_an_asset_that_can_make_them() {
    let vault = "[[vault]]\nname = \"V\"\nshare = 0.5\n";
    let no_price = |kind: &str| routed(kind).replace("price = 1\n", "") + vault;
    one(
        &no_price("kind = \"buyback\"\nto = \"V\""),
        "\"buyback\"",
        "buying the token needs its price in `USD`",
    );
    let own = |kind: &str| no_price(kind).replace("asset = \"USD\"\ndecimals = 2\n", "");
    one(
        &own("kind = \"buyback\""),
        "\"buyback\"",
        "revenue in the token itself cannot buy the token",
    );
    one(
        &no_price("kind = \"vault\"\nvault = \"V\""),
        "\"vault\"",
        "a vault takes the token itself, and `Fees` is in `USD`",
    );
    sound(&own("kind = \"vault\"\nvault = \"V\""));
    one(
        &own("kind = \"vault\"\nvault = \"W\""),
        "\"W\"",
        "there is no vault `W`",
    );
    one(
        &no_price("kind = \"buyback\"\nto = \"brun\"")
            .replace("decimals = 2", "decimals = 2\nprice = 1"),
        "\"brun\"",
        "there is no vault `brun`: did you mean `burn`?",
    );
    one(
        &own("kind = \"vault\"\nvault = \"W\"").replace(vault, ""),
        "\"W\"",
        "there is no vault `W`",
    );
    // Of two assets, one that can't buy.
    let two = with(
        &(streams(&[(&format!("{USD}\nprice = 1"), "R = 1"), (EUR, "R = 1")])
            + "[[fees.route]]\nname = \"R\"\nkind = \"buyback\"\n"),
    );
    one(
        &two,
        "\"buyback\"",
        "buying the token needs its price in `EUR`",
    );
}

#[test]
fn a_list_of_streams_by_another_name_is_told_its_own() {
    let text = with(&streams(&[("", "burn = 1")]).replace("fees.stream", "fees.streams"));
    let refused = refused(&text);
    let mut labels = refused.problems().iter().map(|problem| &*problem.label);
    assert!(labels.any(|label| label == "did you mean `stream`?"));
}

#[test]
fn all_revenue_of_a_run_can_be_counted() {
    let text = |revenue: u128, periods: u32, other: u128| {
        let streams = streams(&[
            ("asset = \"USD\"\ndecimals = 0", "users = 1"),
            ("asset = \"USD\"", "users = 1"),
        ]);
        let streams = streams.replacen("revenue = 1\n", &format!("revenue = \"{revenue}\"\n"), 1);
        let streams = streams.replacen(
            "revenue = 1\n",
            &format!("revenue = \"{other}\"\nend = \"1d\"\n"),
            1,
        );
        with(&format!("[simulation]\nend = \"{periods}d\"\n{streams}"))
    };
    // Seven times and once.
    let seventh = u128::MAX / 7;
    let left = u128::MAX - 7 * seventh;
    sound(&text(seventh, 7, left));
    let place = format!("\"{}\"", left + 1);
    let message = "all revenue in `USD` up to the end is more than can be counted";
    one(&text(seventh, 7, left + 1), &place, message);
    one(&text(seventh, 8, 0), &format!("\"{seventh}\""), message);
}

#[test]
fn there_are_as_many_as_is_said_and_no_more() {
    let streams = |count: usize| streams(&vec![("", "burn = 1"); count]);
    sound(&with(&streams(64)));
    one(
        &with(&streams(65)),
        "[[fees.stream]]",
        "65 streams are too many",
    );
    one(
        &with(&streams(10_000)),
        "[[fees.stream]]",
        "10000 streams are too many",
    );
    // Each route leads to the next.
    let chain = |count: usize| {
        let each = (1..=count).map(|n| {
            let next = if n == count {
                "burn".to_owned()
            } else {
                format!("R{}", n + 1)
            };
            format!(
                "[[fees.route]]\nname = \"R{n}\"\nkind = \"split\"\nroutes = {{ {next} = 1 }}\n"
            )
        });
        self::streams(&[("", "R1 = 1")]) + &each.collect::<String>()
    };
    sound(&with(&chain(64)));
    one(
        &with(&chain(65)),
        "[[fees.route]]",
        "65 routes are too many",
    );
    one(
        &with(&chain(10_000)),
        "[[fees.route]]",
        "10000 routes are too many",
    );
    let tiers = |count: usize| {
        let tier = |n: usize| format!("{{ name = \"{n}\", cap = 1, to = {{ users = 1 }} }}");
        let tiers: Vec<_> = (0..count).map(tier).collect();
        routed(&format!(
            "kind = \"waterfall\"\ntiers = [{}]\nthen = {{ users = 1 }}",
            tiers.join(", ")
        ))
    };
    sound(&tiers(16));
    one(&tiers(17), "tiers", "17 tiers are too many");
    // The chain in each of some assets: four times sixty-four routes with the one that burns.
    let assets = |count: usize| {
        let keys: Vec<_> = (0..count)
            .map(|n| format!("asset = \"X{n}\"\ndecimals = 0\nprice = 1"))
            .collect();
        let list: Vec<_> = keys.iter().map(|keys| (keys.as_str(), "R1 = 1")).collect();
        with(
            &(self::streams(&list)
                + &chain(63)
                    .split_once("[[fees.route]]")
                    .map(|(_, routes)| format!("[[fees.route]]{routes}"))
                    .unwrap()),
        )
    };
    sound(&assets(4));
    one(&assets(5), "R1", "revenue takes more than 256 routes");
}

//! What is read of streams, routes and vaults.
#![cfg(feature = "text")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use tokenomics_design::{
    Bought, Design, FeeAsset, FeePlan, FlowPoint, Overrides, Period, RouteKind, RouteShare,
    Stakeholder, WithoutLockers, MOST_ROUTES,
};
use tokenomics_fixed_math::{Fraction, Ratio};

const REVENUE: &str = include_str!("../../../docs/designs/revenue.toml");

const TOKEN: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 6\ngenesis = 2026-01-01\n";

fn design(rest: &str) -> Design {
    let text = format!("{TOKEN}{rest}");
    let read = Design::parse("d", &text, Overrides::default());
    read.unwrap_or_else(|error| panic!("{:?} in {text}", error.problems()))
}

fn plan(rest: &str) -> FeePlan {
    design(rest).fees.unwrap()
}

/// The places and percent of shares.
fn percent(shares: &[RouteShare]) -> Vec<(usize, u64)> {
    let each = shares.iter().map(|it| (it.route, it.share.raw()));
    each.map(|(route, raw)| (route, raw / 10_000_000_000_000_000))
        .collect()
}

fn names(plan: &FeePlan) -> Vec<(&str, usize)> {
    let each = plan.routes.iter();
    each.map(|route| (route.name.as_str(), route.asset))
        .collect()
}

/// A stream of a period's unit to routes.
fn stream(name: &str, keys: &str, routes: &str) -> String {
    format!("[[fees.stream]]\nname = \"{name}\"\n{keys}\nrevenue = 1\nper = \"1d\"\nroutes = {{ {routes} }}\n")
}

#[test]
fn the_one_stream_of_fees_goes_to_the_routes_of_every_design_in_their_order() {
    let text = "[fees]\nasset = \"USD\"\ndecimals = 2\nprice = 0.5\nrevenue = 1_000\nper = \"1mo\"\nstart = \"1d\"\nend = \"1y\"\nroutes = { users = 0.1, burn = 0.2, lockers = 0.3, treasury = 0.4, operators = 0 }\n";
    let plan = plan(text);
    let names: Vec<_> = names(&plan);
    assert_eq!(
        names,
        [("lockers", 0), ("treasury", 0), ("burn", 0), ("users", 0)]
    );
    let kinds: Vec<_> = plan.routes.iter().map(|route| &route.kind).collect();
    let (every, without) = (None, WithoutLockers::Hold);
    assert_eq!(kinds[0], &RouteKind::Lockers { every, without });
    assert_eq!(kinds[1], &RouteKind::Treasury);
    assert_eq!(kinds[2], &RouteKind::Buyback(Bought::Burned));
    assert_eq!(kinds[3], &RouteKind::To(Stakeholder::Users));
    let [stream] = plan.streams.as_slice() else {
        panic!("{:?}", plan.streams);
    };
    assert_eq!(
        (stream.name.as_str(), stream.revenue.get()),
        ("Fees", 100_000)
    );
    assert_eq!(stream.per, Period::Months(1));
    assert_eq!((stream.end.get() - stream.start.get()) / 86_400, 365);
    assert_eq!(
        percent(&stream.shares),
        [(0, 30), (1, 40), (2, 20), (3, 10)]
    );
    let [FeeAsset::Other { symbol, price, .. }] = plan.assets.as_slice() else {
        panic!("{:?}", plan.assets);
    };
    // Of a token's million units each costs half of a hundred cents.
    assert_eq!(
        (symbol.as_str(), *price),
        ("USD", Ratio::new(1, 20_000).ok())
    );
}

#[test]
fn a_stream_of_the_token_burns_it_and_may_pass_on_what_is_for_lockers() {
    let text = "[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 0.5, lockers = 0.5 }\nwithout_lockers = { to = \"users\" }\n";
    let plan = plan(text);
    assert_eq!(plan.assets, [FeeAsset::Token]);
    assert_eq!(names(&plan), [("lockers", 0), ("burn", 0), ("users", 0)]);
    assert_eq!(plan.routes[1].kind, RouteKind::Burn);
    let (every, without) = (None, WithoutLockers::Pass(2));
    assert_eq!(plan.routes[0].kind, RouteKind::Lockers { every, without });
    let flows = plan.flows(2);
    let ends: Vec<_> = flows.iter().map(|flow| (flow.from, flow.to)).collect();
    let (stream, lockers) = (FlowPoint::Stream(0), FlowPoint::Route(0));
    let wanted = [
        (stream, lockers),
        (stream, FlowPoint::Route(1)),
        (lockers, FlowPoint::Route(2)),
        (lockers, FlowPoint::Programme(0)),
        (lockers, FlowPoint::Programme(1)),
    ];
    assert_eq!(ends, wanted);
}

#[test]
fn the_window_ends_what_has_no_end() {
    let text =
        "[simulation]\nend = \"9d\"\n[fees]\nrevenue = 1\nper = \"1d\"\nroutes = { burn = 1 }\n";
    let design = design(text);
    assert_eq!(design.fees.unwrap().streams[0].end, design.window.end);
}

/// Assets stand in the order of the streams, and each has its own routes.
#[test]
fn a_route_is_one_in_each_asset_that_reaches_it() {
    let dollars = "asset = \"USD\"\ndecimals = 2\nprice = 2";
    let text = stream("A", dollars, "R = 1")
        + &stream("B", "", "R = 0.5, treasury = 0.5")
        + &stream("C", "asset = \"USD\"", "treasury = 1")
        + "[[fees.route]]\nname = \"R\"\nkind = \"split\"\nroutes = { treasury = 0.25, burn = 0.75 }\n";
    let plan = plan(&text);
    assert_eq!(plan.assets.len(), 2);
    let places: Vec<_> = plan.streams.iter().map(|stream| stream.asset).collect();
    assert_eq!(places, [0, 1, 0]);
    // Those of every design first, but not before what leads to them.
    let wanted = [
        ("R", 0),
        ("treasury", 0),
        ("burn", 0),
        ("R", 1),
        ("treasury", 1),
        ("burn", 1),
    ];
    assert_eq!(names(&plan), wanted);
    assert_eq!(plan.routes[2].kind, RouteKind::Buyback(Bought::Burned));
    assert_eq!(plan.routes[5].kind, RouteKind::Burn);
    let RouteKind::Split(shares) = &plan.routes[3].kind else {
        panic!("{:?}", plan.routes[3]);
    };
    assert_eq!(percent(shares), [(4, 25), (5, 75)]);
}

#[test]
fn routes_of_every_design_come_in_their_order_and_then_those_of_the_file_as_they_are_reached() {
    let account = |name: &str| {
        format!("[[fees.route]]\nname = \"{name}\"\nkind = \"account\"\nstakeholder = \"users\"\n")
    };
    let text = stream("A", "", "Q = 0.5, users = 0.5")
        + &stream("B", "", "P = 0.5, lockers = 0.5")
        + &account("P")
        + &account("Q");
    let wanted = [("lockers", 0), ("users", 0), ("Q", 0), ("P", 0)];
    assert_eq!(names(&plan(&text)), wanted);
}

#[test]
fn amounts_of_routes_are_in_the_units_of_their_asset() {
    let text = stream("A", "asset = \"USD\"\ndecimals = 2", "W = 1")
        + &stream("B", "", "B = 1")
        + "[[fees.route]]\nname = \"B\"\nkind = \"buffer\"\ntarget = 5\nthen = { treasury = 1 }\n"
        + "[[fees.route]]\nname = \"W\"\nkind = \"waterfall\"\ntiers = [{ name = \"Senior\", cap = 7.5, to = { users = 1 } }, { name = \"Junior\", cap = 0, to = { users = 0.5, builders = 0.5 } }]\nthen = { treasury = 1 }\n";
    let plan = plan(&text);
    let of = |name: &str| {
        let found = plan.routes.iter().find(|route| route.name == name);
        found.unwrap().kind.clone()
    };
    let RouteKind::Buffer { target, then } = of("B") else {
        panic!("a buffer");
    };
    assert_eq!((target.get(), then.len()), (5_000_000, 1));
    let RouteKind::Waterfall { tiers, then } = of("W") else {
        panic!("a waterfall");
    };
    let caps: Vec<_> = tiers
        .iter()
        .map(|it| (it.name.as_str(), it.cap.get()))
        .collect();
    assert_eq!(caps, [("Senior", 750), ("Junior", 0)]);
    let place = |name: &str| {
        let mut all = plan.routes.iter();
        all.position(|route| route.name == name && route.asset == 0)
            .unwrap()
    };
    assert_eq!(percent(&then), [(place("treasury"), 100)]);
    let (users, builders) = (place("users"), place("builders"));
    assert_eq!(percent(&tiers[1].shares), [(users, 50), (builders, 50)]);
    // Users are paid by two tiers, through one flow.
    let flows = plan.flows(0);
    let to_users = flows.iter().filter(|it| it.to == FlowPoint::Route(users));
    assert_eq!(to_users.count(), 1);
}

#[test]
fn every_kind_of_route_is_what_it_says() {
    let kind = |asset: &str, keys: &str| {
        let text = stream("A", asset, "R = 1")
            + &format!("[[fees.route]]\nname = \"R\"\n{keys}\n")
            + "[[vault]]\nname = \"U\"\nshare = 0.1\n[[vault]]\nname = \"V\"\nshare = 0.1\n";
        plan(&text).routes[0].kind.clone()
    };
    let dollars = "asset = \"USD\"\ndecimals = 2\nprice = 2";
    for (keys, wanted) in [
        ("kind = \"buyback\"", RouteKind::Buyback(Bought::Kept)),
        (
            "kind = \"buyback\"\nto = \"treasury\"",
            RouteKind::Buyback(Bought::Kept),
        ),
        (
            "kind = \"buyback\"\nto = \"burn\"",
            RouteKind::Buyback(Bought::Burned),
        ),
        (
            "kind = \"buyback\"\nto = \"V\"",
            RouteKind::Buyback(Bought::Vault(1)),
        ),
        (
            "kind = \"account\"\nstakeholder = \"operators\"",
            RouteKind::To(Stakeholder::Operators),
        ),
        (
            "kind = \"lockers\"\nevery = \"1mo\"\nwithout_lockers = \"extend\"",
            RouteKind::Lockers {
                every: Some(Period::Months(1)),
                without: WithoutLockers::Extend,
            },
        ),
        (
            "kind = \"lockers\"\nwithout_lockers = \"hold\"",
            RouteKind::Lockers {
                every: None,
                without: WithoutLockers::Hold,
            },
        ),
    ] {
        assert_eq!(kind(dollars, keys), wanted, "{keys}");
    }
    let vault = kind("", "kind = \"vault\"\nvault = \"U\"");
    assert_eq!(vault, RouteKind::Vault { vault: 0 });
}

#[test]
fn a_vault_has_its_defaults() {
    let text = "[[vault]]\nname = \" V \"\nshare = 0.25\n[[vault]]\nname = \"W\"\nshare = 0.5\nstart = \"1d\"\nevery = \"1mo\"\noffset = 0\nmanagement_fee = 0.02\nperformance_fee = 0.2\n";
    let design = design(text);
    let [plain, other] = design.vaults.as_slice() else {
        panic!("{:?}", design.vaults);
    };
    assert_eq!((plain.name.as_str(), plain.offset), ("V", 6));
    assert_eq!(plain.share, Fraction::from_percent(25).unwrap());
    assert_eq!(
        (plain.start, plain.every),
        (design.token.genesis, Period::Seconds(604_800))
    );
    assert!(plain.management_fee.is_zero() && plain.performance_fee.is_zero());
    assert_eq!(other.start.get(), design.token.genesis.get() + 86_400);
    assert_eq!((other.every, other.offset), (Period::Months(1), 0));
    assert_eq!(other.management_fee, Fraction::from_percent(2).unwrap());
    assert_eq!(other.performance_fee, Fraction::from_percent(20).unwrap());
}

/// Routes R0 to R9, each of which passes on to some after it; `order` is that of their tables.
fn dag(parts: &[Vec<u8>], order: &[usize], streams: &[(u8, Vec<u8>)]) -> String {
    let shares = |after: usize, to: &[u8]| {
        let left = parts.len() - after;
        let mut names: BTreeSet<String> = BTreeSet::new();
        for to in to {
            let place = usize::from(*to) % (left + 2);
            names.insert(match place.checked_sub(left) {
                None => format!("R{}", after + place),
                Some(0) => "treasury".to_owned(),
                Some(_) => "lockers".to_owned(),
            });
        }
        let mut all: Vec<String> = names
            .iter()
            .skip(1)
            .map(|name| format!("{name} = 0.125"))
            .collect();
        let rest = 1_000 - 125 * all.len();
        all.insert(
            all.len() / 2,
            format!(
                "{} = {}.{:03}",
                names.first().unwrap(),
                rest / 1_000,
                rest % 1_000
            ),
        );
        all.join(", ")
    };
    let mut text = String::from("[fees]\nwithout_lockers = { to = \"users\" }\n");
    for (n, (asset, to)) in streams.iter().enumerate() {
        let asset = format!("asset = \"X{}\"\ndecimals = 0\nprice = 3", asset % 3);
        // A share of 0 to all, so that none is unused.
        let unused: Vec<_> = (0..parts.len()).map(|n| format!("R{n}")).collect();
        let routes = shares(0, to);
        let named = |name: &String| {
            !routes
                .split(", ")
                .any(|one| one.starts_with(&format!("{name} ")))
        };
        let zero: String = unused
            .iter()
            .filter(|name| named(name))
            .map(|name| format!(", {name} = 0"))
            .collect();
        let zero = if routes.contains("lockers") {
            zero
        } else {
            zero + ", lockers = 0"
        };
        text += &stream(&format!("S{n}"), &asset, &(routes + &zero));
    }
    for n in order {
        let to = shares(n + 1, &parts[*n]);
        text +=
            &format!("[[fees.route]]\nname = \"R{n}\"\nkind = \"split\"\nroutes = {{ {to} }}\n");
    }
    text
}

proptest! {
    #[test]
    fn routes_come_after_what_leads_to_them_and_in_one_order_whatever_that_of_the_file(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..5), 1..10),
        streams in prop::collection::vec((any::<u8>(), prop::collection::vec(any::<u8>(), 1..5)), 1..5),
        turn in any::<prop::sample::Index>(),
    ) {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        let one = plan(&dag(&parts, &order, &streams));
        order.rotate_left(turn.index(parts.len()));
        order.reverse();
        let other = plan(&dag(&parts, &order, &streams));
        prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
        let each: BTreeSet<_> = names(&one).into_iter().collect();
        prop_assert_eq!(each.len(), one.routes.len());
        prop_assert!(one.routes.len() <= MOST_ROUTES);
        let whole = |shares: &[RouteShare]| {
            let sum = shares.iter().map(|it| u128::from(it.share.raw())).sum::<u128>();
            sum == Fraction::SCALE.into() && shares.iter().all(|it| !it.share.is_zero())
        };
        let mut reached = BTreeSet::new();
        for stream in &one.streams {
            prop_assert!(whole(&stream.shares));
            for share in &stream.shares {
                prop_assert_eq!(one.routes[share.route].asset, stream.asset);
                reached.insert(share.route);
            }
        }
        for (place, route) in one.routes.iter().enumerate() {
            prop_assert!(reached.contains(&place));
            if let RouteKind::Split(shares) = &route.kind {
                prop_assert!(whole(shares));
            }
            for to in route.kind.passes_on_to() {
                prop_assert!(to > place);
                prop_assert_eq!(one.routes[to].asset, route.asset);
                reached.insert(to);
            }
        }
        let flows = one.flows(2);
        let each: BTreeSet<_> = flows.iter().map(|flow| format!("{flow:?}")).collect();
        prop_assert_eq!(each.len(), flows.len());
    }

    /// Lines of the design that has every kind of route: lost, said twice, or cut short.
    #[test]
    fn no_line_that_is_lost_or_cut_is_too_much_to_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut lines: Vec<String> = REVENUE.lines().map(str::to_owned).collect();
        for (at, change) in changes {
            let at = at.index(lines.len());
            let line = lines[at].clone();
            match change % 4 {
                0 => lines[at] = String::new(),
                1 => lines.insert(at, line),
                2 => lines[at] = line.replace(|c: char| c.is_ascii_digit(), "9"),
                _ => lines[at] = line.chars().take(usize::from(change) / 4).collect(),
            }
        }
        let text = lines.join("\n");
        if let Err(invalid) = Design::parse("d", &text, Overrides::default()) {
            prop_assert!(invalid.count() > 0);
            for problem in invalid.problems() {
                prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
            }
        }
    }
}

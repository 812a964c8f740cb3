//! Circles, in which revenue would never come to rest.

use std::collections::BTreeSet;

use super::{Definition, Share};
use crate::problem::{Problem, Problems};

/// Notes the circles among routes, none of which is in two of them.
pub(super) fn note_circles(all: &[Definition<'_>], problems: &Problems) {
    let mut left: BTreeSet<usize> = (0..all.len()).collect();
    loop {
        strip(all, &mut left);
        let Some(circle) = circle(all, &left) else {
            return;
        };
        note(all, &circle, problems);
        for share in circle {
            left.remove(&share.route);
        }
    }
}

/// The shares of a route that go to one of `left`.
fn onward<'r>(
    all: &'r [Definition<'_>],
    route: usize,
    left: &BTreeSet<usize>,
) -> Option<&'r Share> {
    let shares = all.get(route)?.shares();
    let mut onward = shares.into_iter().filter(|share| !share.share.is_zero());
    onward.find(|share| left.contains(&share.route))
}

/// Takes out all routes from which revenue comes to rest.
fn strip(all: &[Definition<'_>], left: &mut BTreeSet<usize>) {
    loop {
        let before = left.len();
        let kept = left
            .iter()
            .filter(|&&route| onward(all, route, left).is_some());
        *left = kept.copied().collect();
        if left.len() == before {
            return;
        }
    }
}

/// One circle among routes that all go on to another of them: its shares, each from the route that the one
/// before it leads to, beginning with the one to the first route in the order of the file.
fn circle<'r>(all: &'r [Definition<'_>], left: &BTreeSet<usize>) -> Option<Vec<&'r Share>> {
    let mut passed = vec![*left.first()?];
    let mut walk: Vec<&Share> = Vec::new();
    loop {
        let next = onward(all, *passed.last()?, left)?;
        walk.push(next);
        if let Some(begin) = passed.iter().position(|route| *route == next.route) {
            let mut circle = walk.split_off(begin);
            let first = circle.iter().zip(0..).min_by_key(|(share, _)| share.route);
            let first = first.map_or(0, |(_, index)| index);
            circle.rotate_left(first);
            return Some(circle);
        }
        passed.push(next.route);
    }
}

fn note(all: &[Definition<'_>], circle: &[&Share], problems: &Problems) {
    let Some(back) = circle.first() else {
        return;
    };
    let named = circle.iter().chain(std::iter::once(back)).map(|share| {
        let name = all.get(share.route).and_then(|one| one.name.as_deref());
        format!("`{}`", name.unwrap_or("a route"))
    });
    let path = named.collect::<Vec<_>>().join(" to ");
    let message = format!("revenue goes in a circle: {path}");
    let help = "what a route passes on goes to routes that don't lead back to it";
    problems.push(Problem::new(back.span.clone(), message, "back again", help));
}

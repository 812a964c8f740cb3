//! What all revenue sums to.

use tokenomics_fixed_math::Amount;
use tokenomics_simulation::{Design, FeeAsset, Flow, FlowPoint, RouteKind, Row};

/// All that streams in an asset earn by the window's end.
pub fn outside(design: &Design, symbol: &str) -> Amount {
    let plan = design.fees.as_ref().unwrap();
    let of_it = |asset: &FeeAsset| match asset {
        FeeAsset::Token => false,
        FeeAsset::Other { symbol: own, .. } => own == symbol,
    };
    let streams = plan
        .streams
        .iter()
        .filter(|one| of_it(&plan.assets[one.asset]));
    let all = streams.map(|stream| {
        let until = stream.end.min(design.window.end);
        let periods = stream.per.count_between(stream.start, until);
        Amount::new(stream.revenue.get() * u128::from(periods))
    });
    Amount::try_sum(all).unwrap()
}

/// What streams have paid has come to routes, and what came to one is there or was passed on.
pub fn revenue_is_somewhere(design: &Design, row: &Row, text: &str) {
    let Some(plan) = &design.fees else {
        return;
    };
    let programmes = design.escrow.as_ref();
    let flows = plan.flows(programmes.map_or(0, |plan| plan.programmes.len()));
    let sum = |is_of: &dyn Fn(&Flow) -> bool| {
        let flows = flows.iter().zip(&row.flows);
        let some = flows.filter(|(flow, _)| is_of(flow));
        Amount::try_sum(some.map(|(_, amount)| *amount)).unwrap()
    };
    for (place, revenue) in row.revenue.iter().enumerate() {
        let paid = sum(&|flow| flow.from == FlowPoint::Stream(place));
        assert_eq!(paid, *revenue, "{text}");
    }
    for (place, received) in row.received.iter().enumerate() {
        let came = sum(&|flow| flow.to == FlowPoint::Route(place));
        assert_eq!(came, *received, "{text}");
        let left = sum(&|flow| flow.from == FlowPoint::Route(place));
        let kept = came.checked_sub(left).unwrap();
        match &plan.routes[place].kind {
            RouteKind::Split(_) => assert!(kept.is_zero(), "{text}"),
            RouteKind::Buffer { target, .. } => {
                assert_eq!(kept, came.min(*target), "{text}");
            }
            _ => {}
        }
    }
}

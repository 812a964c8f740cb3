//! What a walk has gone through, so that its test can tell that it tests something.

use tokenomics_simulation::{Design, FlowPoint, Period, RouteKind, WithoutLockers};

use super::Revenue;

impl Revenue {
    /// Whether each of what [`Seen`](super::super::Seen) tells happened.
    pub fn seen(&self, design: &Design) -> [bool; 10] {
        let Some(plan) = &design.fees else {
            return [false; 10];
        };
        let flowed = |is_of: &dyn Fn(&RouteKind, FlowPoint) -> bool| {
            let some = self.flows.iter().filter(|(_, amount)| **amount > 0);
            let mut from = some.map(|((from, to), _)| (*from, *to));
            from.any(|(from, to)| match from {
                FlowPoint::Route(route) => is_of(&plan.routes[route].kind, to),
                _ => false,
            })
        };
        let to_lockers = |to| matches!(to, FlowPoint::Programme(_));
        let paid = |is_of: &dyn Fn(Option<Period>, WithoutLockers) -> bool, to_them: bool| {
            flowed(&|kind, to| match kind {
                RouteKind::Lockers { every, without } => {
                    to_lockers(to) == to_them && is_of(*every, *without)
                }
                _ => false,
            })
        };
        let came_back = self.kept.iter().any(|kept| kept.missed.has_come_back);
        let paid_programmes = self
            .flows
            .iter()
            .filter(|((_, to), amount)| matches!(to, FlowPoint::Programme(_)) && **amount > 0);
        let programmes = paid_programmes.map(|((_, to), _)| *to);
        let mut programmes: Vec<FlowPoint> = programmes.collect();
        programmes.dedup();
        let first = programmes.first().copied();
        let gained = self.vaults.iter().any(|held| {
            let state = held.vault.state();
            let first = 10_u128.pow(state.terms.decimals_offset.into());
            !state.shares.is_zero() && state.assets.get() * first > state.shares.get()
        });
        [
            flowed(&|kind, _| matches!(kind, RouteKind::Split(_))),
            flowed(&|kind, _| matches!(kind, RouteKind::Buffer { .. })),
            flowed(&|kind, _| matches!(kind, RouteKind::Waterfall { .. })),
            paid(&|every, _| every.is_some(), true),
            paid(&|every, _| every.is_some(), false),
            paid(&|every, _| every.is_none(), false),
            came_back,
            programmes.iter().any(|to| Some(*to) != first),
            self.accrued.iter().any(|[_, spent, _]| *spent > 0),
            gained,
        ]
    }
}

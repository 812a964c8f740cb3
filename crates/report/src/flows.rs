//! Flows of revenue over some time: from streams to routes, from those to others, and what stayed.

use tokenomics_design::{FeePlan, Flow, FlowPoint, RouteKind};
use tokenomics_fixed_math::{Amount, Error};

/// An end of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// The amount that a route kept from before, and passed on.
    Before(usize),
    Stream(usize),
    Route(usize),
    Programme(usize),
    /// The amount that a route that passes things on kept.
    Kept(usize),
}

/// An amount that went from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Movement {
    pub(crate) from: Place,
    pub(crate) to: Place,
    pub(crate) amount: Amount,
}

/// All movements of one asset over some time, each of an amount that isn't 0.
///
/// # Laws
/// `sum_of_parts`: what comes to a place that passes on goes from it, what it keeps included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Movements {
    pub(crate) all: Vec<Movement>,
}

impl Movements {
    /// Creates the movements between two instants, from the sums of each flow up to either.
    ///
    /// # Errors
    /// A sum that can't be counted, or that falls.
    pub(crate) fn new(
        (plan, asset): (&FeePlan, usize),
        flows: &[Flow],
        [before, after]: [&[Amount]; 2],
    ) -> Result<Self, Error> {
        let mut all = Vec::new();
        let none = std::iter::repeat(&Amount::ZERO);
        let sums = before.iter().chain(none).zip(after);
        for (flow, (before, after)) in flows.iter().zip(sums) {
            if flow.asset == asset {
                push(
                    &mut all,
                    flow.from.into(),
                    flow.to.into(),
                    after.checked_sub(*before)?,
                );
            }
        }
        let mut movements = Self { all };
        movements.add_what_stays(plan, asset)?;
        Ok(movements)
    }

    fn add_what_stays(&mut self, plan: &FeePlan, asset: usize) -> Result<(), Error> {
        for (index, route) in plan.routes.iter().enumerate() {
            if route.asset != asset || !passes_on(&route.kind) {
                continue;
            }
            let place = Place::Route(index);
            let (came, went) = (self.came(place)?, self.went(place)?);
            match came.checked_sub(went) {
                Ok(kept) => push(&mut self.all, place, Place::Kept(index), kept),
                Err(_) => push(
                    &mut self.all,
                    Place::Before(index),
                    place,
                    went.abs_diff(came),
                ),
            }
        }
        Ok(())
    }

    /// Leaves out the payment to the only programme that there is, where nothing waited: the route to
    /// lockers is then as good a name for it.
    #[must_use]
    pub(crate) fn with_lockers_joined(mut self, programmes: usize) -> Self {
        let is_paid = |one: &Movement| matches!(one.to, Place::Programme(_));
        let mut payments = self.all.iter().filter(|one| is_paid(one));
        let (Some(payment), None) = (payments.next(), payments.next()) else {
            return self;
        };
        let Place::Route(route) = payment.from else {
            return self;
        };
        let waits =
            |one: &Movement| one.to == Place::Kept(route) || one.from == Place::Before(route);
        if programmes == 1 && !self.all.iter().any(waits) {
            self.all.retain(|one| !is_paid(one));
        }
        self
    }

    /// Leaves out what stays in fractions that are carried, too small to be seen beside the rest.
    #[must_use]
    pub(crate) fn without_dust(mut self) -> Self {
        let Ok(all) = self.revenue() else {
            return self;
        };
        self.all.retain(|one| {
            let stays = matches!(one.to, Place::Kept(_)) || matches!(one.from, Place::Before(_));
            !stays || !is_dust(one.amount, all)
        });
        self
    }

    /// Returns all that came to a place.
    pub(crate) fn came(&self, place: Place) -> Result<Amount, Error> {
        self.sum(|one| one.to == place)
    }

    /// Returns all that went from a place.
    pub(crate) fn went(&self, place: Place) -> Result<Amount, Error> {
        self.sum(|one| one.from == place)
    }

    /// Returns what went from a place to another.
    pub(crate) fn between(&self, from: Place, to: Place) -> Result<Amount, Error> {
        self.sum(|one| one.from == from && one.to == to)
    }

    /// Returns the revenue of all streams.
    pub(crate) fn revenue(&self) -> Result<Amount, Error> {
        self.sum(|one| matches!(one.from, Place::Stream(_)))
    }

    fn sum(&self, is_part: impl Fn(&Movement) -> bool) -> Result<Amount, Error> {
        let parts = self.all.iter().filter(|one| is_part(one));
        Amount::try_sum(parts.map(|one| one.amount))
    }

    /// Returns all places, in an order in which each movement leads to a later one: routes of a plan pass
    /// on to later ones only.
    pub(crate) fn places(&self) -> Vec<Place> {
        let ends = self.all.iter().flat_map(|one| [one.from, one.to]);
        let mut places: Vec<Place> = ends.collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Returns all that came to a route and didn't go on to another.
    pub(crate) fn kept_by(&self, route: usize) -> Result<Amount, Error> {
        let place = Place::Route(route);
        let is_on = |one: &Movement| one.from == place && matches!(one.to, Place::Route(_));
        self.came(place)?.checked_sub(self.sum(is_on)?)
    }

    /// Returns the routes to which something came that didn't go on to another, each with all that did,
    /// without what is dust.
    pub(crate) fn kept_by_routes(&self) -> Result<Vec<(usize, Amount)>, Error> {
        let routes = self.places().into_iter().filter_map(|place| match place {
            Place::Route(index) => Some(index),
            _ => None,
        });
        let kept = routes.map(|index| Ok((index, self.kept_by(index)?)));
        let mut kept = kept.collect::<Result<Vec<_>, Error>>()?;
        let all = self.revenue()?;
        kept.retain(|(_, amount)| !amount.is_zero() && !is_dust(*amount, all));
        Ok(kept)
    }

    /// Returns the places that nothing went on from, each with all that came.
    pub(crate) fn arrivals(&self) -> Result<Vec<(Place, Amount)>, Error> {
        let places = self.places().into_iter();
        let last = places.filter(|place| self.all.iter().all(|one| one.from != *place));
        last.map(|place| Ok((place, self.came(place)?))).collect()
    }
}

/// Returns `true` for less than a thousand-millionth of all.
pub(crate) fn is_dust(amount: Amount, all: Amount) -> bool {
    amount < Amount::new(all.get() / 1_000_000_000)
}

fn push(all: &mut Vec<Movement>, from: Place, to: Place, amount: Amount) {
    if !amount.is_zero() {
        all.push(Movement { from, to, amount });
    }
}

impl From<FlowPoint> for Place {
    fn from(point: FlowPoint) -> Self {
        match point {
            FlowPoint::Stream(index) => Self::Stream(index),
            FlowPoint::Route(index) => Self::Route(index),
            FlowPoint::Programme(index) => Self::Programme(index),
        }
    }
}

/// Returns `true` if what comes to a route may go on from it.
pub(crate) const fn passes_on(kind: &RouteKind) -> bool {
    matches!(
        kind,
        RouteKind::Lockers { .. }
            | RouteKind::Split(_)
            | RouteKind::Buffer { .. }
            | RouteKind::Waterfall { .. }
    )
}

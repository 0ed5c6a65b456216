//! Whom one can pick of many who come at once.

use std::collections::BTreeSet;

use super::people::{People, Person};
use super::sink::SYSTEM;
use super::state::State;
use super::technique::Certainty;

/// The states of which one can pick any, and how sure it is that they are there.
pub(super) fn of(state: &State, people: &People<'_>) -> Vec<(State, Certainty)> {
    match state {
        State::Accounts(None) => namespaces(people, |_| true, State::Accounts),
        State::AbsentAccounts(None) => namespaces(people, is_absent, State::AbsentAccounts),
        State::Pods(None) => namespaces(people, |person| person.runs, State::Pods),
        State::Accounts(Some(namespace)) => pick(people, namespace, |person| Some(person.certainty())),
        State::AbsentAccounts(Some(namespace)) => {
            pick(people, namespace, |person| is_absent(person).then_some(Certainty::Certain))
        }
        State::Pods(Some(namespace)) => pick(people, namespace, |person| person.runs.then_some(Certainty::Certain)),
        State::Pod(namespace, name) => {
            people.accounts_of_pod(namespace, name).map(|account| (account, Certainty::Certain)).collect()
        }
        State::Tokens(place) => tokens(people, place.as_deref()),
        State::Secrets => tokens(people, Some(SYSTEM)),
        State::Nodes => {
            let everywhere = people.all.iter().filter(|person| person.runs_everywhere);
            let accounts = everywhere.map(|person| (account(person), Certainty::Certain));
            accounts.chain([(State::Pods(None), Certainty::Environment)]).collect()
        }
        _ => Vec::new(),
    }
}

/// The ServiceAccounts whose tokens are in Secrets; of all namespaces, first the namespaces.
fn tokens(people: &People<'_>, place: Option<&str>) -> Vec<(State, Certainty)> {
    if place.is_none() {
        let namespaces = people.namespaces_with_tokens().into_iter();
        return namespaces.map(|it| (State::Tokens(Some(it.to_owned())), Certainty::Certain)).collect();
    }
    let accounts = people.accounts_of_tokens(None, place).into_iter();
    accounts.map(|account| (account.clone(), people.certainty_of(&account))).collect()
}

fn is_absent(person: &Person<'_>) -> bool {
    !person.exists && person.is_bound
}

fn account(person: &Person<'_>) -> State {
    State::account(person.namespace, person.name)
}

fn namespaces(
    people: &People<'_>,
    is_meant: impl Fn(&Person<'_>) -> bool,
    state: impl Fn(Option<String>) -> State,
) -> Vec<(State, Certainty)> {
    let namespaces: BTreeSet<_> =
        people.all.iter().filter(|person| is_meant(person)).map(|person| person.namespace).collect();
    namespaces.into_iter().map(|namespace| (state(Some(namespace.to_owned())), Certainty::Certain)).collect()
}

/// Those of a namespace: all of one stand beside each other, in order.
fn pick(
    people: &People<'_>,
    namespace: &str,
    certainty: impl Fn(&Person<'_>) -> Option<Certainty>,
) -> Vec<(State, Certainty)> {
    let from = people.all.partition_point(|person| person.namespace < namespace);
    let there = people.all.get(from..).unwrap_or_default().iter().take_while(|person| person.namespace == namespace);
    there.filter_map(|person| Some((account(person), certainty(person)?))).collect()
}

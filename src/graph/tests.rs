//! Tests of what is added, and of what is left when a graph is narrowed.

use proptest::prelude::*;

use super::*;

fn sa(name: &str) -> Identity {
    Identity::service_account("shop", name)
}

fn group(name: &str) -> Identity {
    Identity::Group(name.to_owned())
}

/// A shop whose web server reads and whose deployer edits; `view` reaches `edit` by aggregation; `lost` is bound to a
/// role that is nowhere.
fn shop() -> Graph {
    let mut graph = Graph::default();
    let deploy = |name: &str| Identity::workload(WorkloadKind::Deployment, "shop", name);
    for identity in [deploy("web"), deploy("tool"), sa("web"), sa("tool"), Identity::role("shop", "reader")] {
        graph.add(identity, State::Found);
    }
    graph.add(Identity::cluster_role("edit"), State::BuiltIn);
    graph.add(Identity::cluster_role("view"), State::BuiltIn);
    let readers = Identity::role_binding("shop", "readers");
    let editors = Identity::cluster_role_binding("editors");
    let lost = Identity::role_binding("ops", "lost");
    for (from, kind, to) in [
        (deploy("web"), EdgeKind::RunsAs, sa("web")),
        (deploy("tool"), EdgeKind::RunsAs, sa("tool")),
        (sa("web"), EdgeKind::BoundBy, readers.clone()),
        (sa("tool"), EdgeKind::BoundBy, readers.clone()),
        (readers, EdgeKind::RefersTo, Identity::role("shop", "reader")),
        (sa("tool"), EdgeKind::MemberOf, group("tools")),
        (group("tools"), EdgeKind::BoundBy, editors.clone()),
        (editors, EdgeKind::RefersTo, Identity::cluster_role("edit")),
        (Identity::cluster_role("edit"), EdgeKind::Aggregates, Identity::cluster_role("view")),
        (Identity::User("ada".to_owned()), EdgeKind::BoundBy, lost.clone()),
        (lost, EdgeKind::RefersTo, Identity::role("ops", "gone")),
    ] {
        graph.connect(from, kind, to);
    }
    graph
}

fn names(graph: &Graph) -> Vec<String> {
    graph.nodes().map(|node| node.identity.to_string()).collect()
}

#[test]
fn what_is_only_named_is_missing_and_users_are_not() {
    let graph = shop();
    let state = |identity| graph.node(&identity).unwrap().state;
    assert_eq!(state(Identity::role("ops", "gone")), State::Missing);
    assert_eq!(state(Identity::Namespace("ops".to_owned())), State::Missing);
    assert_eq!(state(Identity::User("ada".to_owned())), State::Found);
    assert_eq!(state(sa("web")), State::Found);
    assert_eq!(graph.node(&sa("nobody")), None);
}

#[test]
fn what_is_known_better_wins_in_any_order() {
    let states = [State::Missing, State::Found, State::BuiltIn, State::Unreadable];
    for turn in 0..states.len() {
        let mut states = states;
        states.rotate_left(turn);
        let mut graph = Graph::default();
        for state in states {
            graph.add(sa("web"), state);
        }
        assert_eq!(graph.node(&sa("web")).unwrap().state, State::Found);
        assert_eq!(graph.len(), 2, "the account and its namespace");
    }
}

#[test]
fn a_subject_comes_with_what_it_gets_and_what_runs_as_it() {
    let selection = Selection { subject: Some(sa("tool")), ..Selection::default() };
    assert_eq!(
        names(&shop().narrow(&selection)),
        [
            "Namespace/shop",
            "Deployment/shop/tool",
            "ServiceAccount/shop/tool",
            "Group/tools",
            "ClusterRoleBinding/editors",
            "RoleBinding/shop/readers",
            "ClusterRole/edit",
            "ClusterRole/view",
            "Role/shop/reader",
        ]
    );
    let workload = Identity::workload(WorkloadKind::Deployment, "shop", "web");
    let selection = Selection { subject: Some(workload), ..Selection::default() };
    assert_eq!(
        names(&shop().narrow(&selection)),
        [
            "Namespace/shop",
            "Deployment/shop/web",
            "ServiceAccount/shop/web",
            "RoleBinding/shop/readers",
            "Role/shop/reader",
        ]
    );
}

#[test]
fn depth_counts_edges_in_both_directions() {
    let around = |depth| {
        let selection = Selection { subject: Some(sa("web")), depth: Some(depth), ..Selection::default() };
        names(&shop().narrow(&selection))
    };
    assert_eq!(around(0), ["Namespace/shop", "ServiceAccount/shop/web"]);
    assert_eq!(
        around(1),
        ["Namespace/shop", "Deployment/shop/web", "ServiceAccount/shop/web", "RoleBinding/shop/readers"]
    );
    assert!(around(2).contains(&"ServiceAccount/shop/tool".to_owned()), "the other subject of the binding");
    assert_eq!(around(usize::MAX), around(20), "nothing is farther away");
}

#[test]
fn a_role_comes_with_whoever_gets_it() {
    let selection = Selection { role: Some(Identity::cluster_role("view")), ..Selection::default() };
    assert_eq!(
        names(&shop().narrow(&selection)),
        [
            "Namespace/shop",
            "Deployment/shop/tool",
            "ServiceAccount/shop/tool",
            "Group/tools",
            "ClusterRoleBinding/editors",
            "ClusterRole/edit",
            "ClusterRole/view",
        ]
    );
}

#[test]
fn a_namespace_comes_with_what_it_gets_and_whom_it_names() {
    let around = |namespace: &str| {
        let selection = Selection { namespace: Some(namespace.to_owned()), ..Selection::default() };
        names(&shop().narrow(&selection))
    };
    assert_eq!(around("ops"), ["Namespace/ops", "User/ada", "RoleBinding/ops/lost", "Role/ops/gone"]);
    let shop = around("shop");
    assert!(shop.contains(&"ClusterRole/view".to_owned()), "{shop:?}");
    assert!(!shop.contains(&"User/ada".to_owned()), "{shop:?}");
}

#[test]
fn two_selections_leave_what_belongs_to_both() {
    let selection =
        Selection { subject: Some(sa("tool")), role: Some(Identity::role("shop", "reader")), ..Selection::default() };
    let ways = shop().narrow(&selection);
    assert_eq!(
        names(&ways),
        [
            "Namespace/shop",
            "Deployment/shop/tool",
            "ServiceAccount/shop/tool",
            "RoleBinding/shop/readers",
            "Role/shop/reader",
        ]
    );
    assert_eq!(ways.edges().len(), 3);
}

#[test]
fn nothing_is_left_of_what_is_not_there_and_all_where_nothing_is_asked() {
    let nowhere = Selection { subject: Some(sa("nobody")), ..Selection::default() };
    assert!(shop().narrow(&nowhere).is_empty());
    assert_eq!(names(&shop().narrow(&Selection::default())), names(&shop()));
}

#[test]
fn roles_that_take_in_each_other_end() {
    let mut graph = Graph::default();
    let role = Identity::cluster_role;
    for (from, to) in [("a", "b"), ("b", "a"), ("a", "a")] {
        graph.connect(role(from), EdgeKind::Aggregates, role(to));
    }
    let selection = Selection { role: Some(role("b")), ..Selection::default() };
    assert_eq!(names(&graph.narrow(&selection)), ["ClusterRole/a", "ClusterRole/b"]);
}

proptest! {
    #[test]
    fn the_order_of_adding_never_shows(order in Just((0..22_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let source = shop();
        let edges: Vec<_> = source.edges();
        let nodes: Vec<_> = source.nodes().collect();
        let mut shuffled = Graph::default();
        for &step in &order {
            // Everything once, and some of it twice.
            if let Some(edge) = edges.get(step % edges.len()) {
                shuffled.connect(edge.from.clone(), edge.kind, edge.to.clone());
            }
            if let Some(node) = nodes.get(step) {
                shuffled.add(node.identity.clone(), node.state);
            }
        }
        prop_assert_eq!(shuffled.edges(), edges);
        prop_assert_eq!(shuffled.nodes().collect::<Vec<_>>(), nodes);
    }
}

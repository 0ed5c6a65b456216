//! Tests of all formats: everything is in them, and nothing gets out of its place.

use proptest::prelude::*;

use super::*;
use crate::graph::{EdgeKind, Identity, State, WorkloadKind};

/// Names that would do something in one of the formats, or where it is shown.
const HOSTILE: [&str; 18] = [
    "\"];evil [label=\"x",
    "</text><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]><!--",
    "-->",
    "\n  evil --> n0\n",
    "\r\n\"",
    "\\",
    "\\\"",
    "\u{202e}desrever\u{2066}",
    "\u{1b}[31m",
    "`**md**`",
    "#quot;&quot;&#34;",
    "{{}}|end|%%",
    "'onload='x",
    "\u{fffe}\u{ffff}\u{feff}",
    "日本語 ünï 𝄞",
    "click n0 href \"javascript:x\"",
];

fn formats() -> [(&'static str, &'static dyn Picture); 4] {
    [("dot", &Dot), ("mermaid", &Mermaid), ("svg", &Svg), ("json", &Json)]
}

fn drawn(picture: &dyn Picture, graph: &Graph) -> String {
    let mut out = Vec::new();
    picture.write(graph, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A graph of every kind of node and edge in every state, with names that end in a suffix.
fn every_kind(suffix: &str) -> Graph {
    let name = |name: &str| format!("{name}{suffix}");
    let namespace = name("ns");
    let workload = Identity::workload(WorkloadKind::CronJob, &namespace, name("w"));
    let account = Identity::service_account(&namespace, name("sa"));
    let (user, group) = (Identity::User(name("u")), Identity::Group(name("g")));
    let (binding, wide) = (Identity::role_binding(&namespace, name("rb")), Identity::cluster_role_binding(name("crb")));
    let (role, cluster_role) = (Identity::role(&namespace, name("r")), Identity::cluster_role(name("cr")));
    let mut graph = Graph::default();
    graph.add(Identity::Namespace(namespace), State::Found);
    graph.add(Identity::Namespace(name("empty")), State::Found);
    graph.add(account.clone(), State::Unreadable);
    graph.add(role.clone(), State::BuiltIn);
    graph.note(role.clone(), name("note"));
    graph.connect(workload, EdgeKind::RunsAs, account.clone());
    graph.connect(account.clone(), EdgeKind::BoundBy, binding.clone());
    graph.connect(user, EdgeKind::BoundBy, binding.clone());
    graph.connect(account, EdgeKind::MemberOf, group.clone());
    graph.connect(group, EdgeKind::BoundBy, wide.clone());
    graph.connect(binding, EdgeKind::RefersTo, role);
    graph.connect(wide, EdgeKind::RefersTo, cluster_role.clone());
    graph.connect(cluster_role.clone(), EdgeKind::Aggregates, Identity::cluster_role(name("taken-in")));
    graph.connect(cluster_role.clone(), EdgeKind::Aggregates, cluster_role.clone());
    let gain = Identity::Gain { namespace: Some(name("ns")), name: name("gain") };
    graph.connect(cluster_role, EdgeKind::ComesTo("does, by `this`,"), gain);
    graph
}

/// A text without what stands between quotes, where a backslash makes the next sign one of the text.
fn unquoted(text: &str, backslash: bool) -> String {
    let mut left = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted && backslash => escaped = true,
            '"' => quoted = !quoted,
            c if !quoted => left.push(c),
            _ => {}
        }
    }
    assert!(!quoted, "a quote is open at the end");
    left
}

/// The elements and attributes of an XML text, without what they say.
fn elements(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let element = |node: roxmltree::Node<'_, '_>| {
        let attributes: Vec<_> = node.attributes().map(|attribute| attribute.name()).collect();
        format!(
            "{} {attributes:?} {}",
            node.tag_name().name(),
            node.children().filter(roxmltree::Node::is_text).count()
        )
    };
    document.descendants().filter(roxmltree::Node::is_element).map(element).collect()
}

#[test]
fn names_change_nothing_but_what_is_said() {
    let harmless = every_kind("-x");
    for hostile in HOSTILE {
        let graph = every_kind(&format!("-{hostile}"));
        let [dot, mermaid, svg, _] = formats().map(|(_, picture)| (drawn(picture, &graph), drawn(picture, &harmless)));
        assert_eq!(unquoted(&dot.0, true), unquoted(&dot.1, true), "{hostile:?}");
        assert_eq!(unquoted(&mermaid.0, false), unquoted(&mermaid.1, false), "{hostile:?}");
        assert_eq!(elements(&svg.0), elements(&svg.1), "{hostile:?}");
    }
}

#[test]
fn nothing_acts_on_what_shows_it() {
    let acts = |c: char| c != '\n' && crate::report::plain(c.encode_utf8(&mut [0; 4])).len() > c.len_utf8();
    for hostile in HOSTILE {
        let graph = every_kind(hostile);
        for (format, picture) in formats() {
            let drawn = drawn(picture, &graph);
            assert!(!drawn.contains(acts), "{format}: {hostile:?}");
        }
    }
}

#[test]
fn mermaid_gets_no_sign_that_means_something() {
    for hostile in HOSTILE {
        let mermaid = drawn(&Mermaid, &every_kind(hostile));
        for text in mermaid.split('"').skip(1).step_by(2) {
            let text = text.replace("<br/>", "");
            let plain = |c: char| c.is_alphanumeric() || !c.is_ascii() || " -.:/_#;".contains(c);
            assert!(text.chars().all(plain), "{text}");
        }
    }
}

#[test]
fn json_says_names_as_they_are() {
    for hostile in HOSTILE {
        let graph = every_kind(hostile);
        let json: serde_json::Value = serde_json::from_str(&drawn(&Json, &graph)).unwrap();
        let nodes = json["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), graph.len());
        for (node, expected) in nodes.iter().zip(graph.nodes()) {
            assert_eq!(node["name"].as_str(), Some(expected.identity.name()));
            assert_eq!(node["namespace"].as_str(), expected.identity.namespace());
            assert_eq!(node["kind"].as_str(), Some(expected.identity.kind()));
            assert_eq!(node["state"].as_str(), Some(expected.state.name()));
        }
        let ids: Vec<_> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
        for edge in json["edges"].as_array().unwrap() {
            assert!(ids.contains(&edge["from"].as_str().unwrap()) && ids.contains(&edge["to"].as_str().unwrap()));
        }
    }
}

#[test]
fn different_names_stay_different_nodes_in_dot() {
    let mut graph = Graph::default();
    for name in ["a\n", "a\\u{a}", "a\\\\u{a}", "a\"", "a\\\""] {
        graph.add(Identity::User(name.to_owned()), State::Found);
    }
    let dot = drawn(&Dot, &graph);
    let ids: std::collections::BTreeSet<_> = dot.lines().filter_map(|line| line.trim().split_once(" [label")).collect();
    assert_eq!(ids.len(), 5, "{dot}");
}

#[test]
fn every_node_is_in_every_format() {
    let graph = every_kind("-x");
    let [dot, mermaid, svg, json] = formats().map(|(_, picture)| drawn(picture, &graph));
    let svg = roxmltree::Document::parse(&svg).unwrap();
    let shown: Vec<_> =
        svg.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    for node in graph.nodes() {
        let name = node.identity.name();
        for text in [&dot, &json, &mermaid] {
            assert!(text.contains(&format!("\"{name}")), "{name}: {text}");
        }
        assert!(shown.contains(&name), "{name}");
    }
    for edge in graph.edges() {
        let says = format!("{} {} {}", edge.from, edge.kind.verb(), edge.to);
        assert!(
            svg.descendants().any(|node| node.has_tag_name("title") && node.text() == Some(says.as_str())),
            "{says}"
        );
        assert!(dot.contains(&format!("\"{}\" -> \"{}\"", edge.from, edge.to)));
    }
    assert_eq!(
        ["-->", "-.->", "==>"].map(|arrow| mermaid.matches(arrow).count()).iter().sum::<usize>(),
        graph.edges().len()
    );
}

#[test]
fn what_is_missing_looks_it() {
    let mut graph = Graph::default();
    graph.connect(Identity::User("u".to_owned()), EdgeKind::BoundBy, Identity::cluster_role_binding("gone"));
    assert!(drawn(&Dot, &graph).contains("ClusterRoleBinding · missing"));
    assert!(drawn(&Dot, &graph).contains("style=dashed, color=\"#cf222e\""));
    assert!(drawn(&Mermaid, &graph).contains("n0 -.-> n1"));
    assert!(drawn(&Svg, &graph).contains("class=\"clusterbinding missing\""));
    assert!(drawn(&Svg, &graph).contains("class=\"edge dangling\""));
}

#[test]
fn too_much_is_said_and_not_drawn() {
    let mut graph = Graph::default();
    for number in 0..Svg::MAX_NODES {
        graph.add(Identity::service_account("ns", format!("sa-{number}")), State::Found);
    }
    drawn(&Svg, &graph);
    graph.add(Identity::cluster_role("one-more"), State::Found);
    let mut out = Vec::new();
    let undrawn = Svg.write(&graph, &mut out).unwrap_err();
    assert_eq!(undrawn.to_string(), "401 nodes are more than a picture can show (400)");
    assert!(out.is_empty());
    for (format, picture) in formats().into_iter().filter(|(format, _)| *format != "svg") {
        assert!(drawn(picture, &graph).contains("one-more"), "{format}");
    }
}

#[test]
fn a_thicket_is_too_much_too() {
    let mut graph = Graph::default();
    for (user, binding) in (0..40).flat_map(|user| (0..26).map(move |binding| (user, binding))) {
        let binding = Identity::cluster_role_binding(format!("b{binding}"));
        graph.connect(Identity::User(format!("u{user}")), EdgeKind::BoundBy, binding);
    }
    let undrawn = Svg.write(&graph, &mut Vec::new()).unwrap_err();
    assert_eq!(undrawn.to_string(), "1040 edges are more than a picture can show (1000)");
}

#[test]
fn nothing_is_a_picture_too() {
    for (format, picture) in formats() {
        assert!(!drawn(picture, &Graph::default()).is_empty(), "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]
    #[test]
    fn the_order_of_adding_never_shows(order in Just((0..20_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let graph = every_kind("-x");
        let (nodes, edges) = (graph.nodes().collect::<Vec<_>>(), graph.edges());
        let mut shuffled = Graph::default();
        for step in order {
            if let Some(node) = nodes.get(step) {
                shuffled.add(node.identity.clone(), node.state);
                node.notes.iter().for_each(|note| shuffled.note(node.identity.clone(), note));
            }
            if let Some(edge) = edges.get(step) {
                shuffled.connect(edge.from.clone(), edge.kind, edge.to.clone());
            }
        }
        for (format, picture) in formats() {
            prop_assert_eq!(drawn(picture, &shuffled), drawn(picture, &graph), "{}", format);
        }
    }
}

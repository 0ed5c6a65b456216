//! The graph of who gets what: what is in it, what is left when it is narrowed, and what is said where it cannot be drawn.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::scratch;

const SHOP: &str = "
kind: Namespace
apiVersion: v1
metadata: {name: shop}
---
kind: ServiceAccount
apiVersion: v1
metadata: {name: web, namespace: shop}
---
kind: Deployment
apiVersion: apps/v1
metadata: {name: web, namespace: shop}
spec: {selector: {}, template: {spec: {serviceAccountName: web, containers: []}}}
---
kind: CronJob
apiVersion: batch/v1
metadata: {name: report, namespace: shop}
spec: {schedule: '@daily', jobTemplate: {spec: {template: {spec: {serviceAccountName: reporter, containers: []}}}}}
---
kind: Pod
apiVersion: v1
metadata: {name: shell, namespace: shop}
spec: {containers: []}
---
kind: Role
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: reader, namespace: shop}
rules: []
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: readers, namespace: shop}
roleRef: {kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io}
subjects:
- {kind: ServiceAccount, name: web}
- {kind: User, name: 'system:serviceaccount:shop:reporter', apiGroup: rbac.authorization.k8s.io}
- {kind: User, name: ada, apiGroup: rbac.authorization.k8s.io}
---
kind: ClusterRoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: lost}
roleRef: {kind: ClusterRole, name: gone, apiGroup: rbac.authorization.k8s.io}
subjects:
- {kind: ServiceAccount, name: web, namespace: elsewhere}
";

/// Exit code, standard output and standard error of `rolecall graph` over one text.
fn run(text: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("all.yaml"), text).unwrap();
    run_in(&directory, arguments)
}

fn run_in(directory: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let scratch::Run { code, out, error } = scratch::run(directory.path(), &[&["graph"], arguments].concat());
    (Some(code), out, error)
}

/// The graph of a text, around what the arguments name.
struct Drawn(Value);

impl Drawn {
    fn of(text: &str, arguments: &[&str]) -> Self {
        let (exit, json, errors) = run(text, &[&["--format", "json"], arguments].concat());
        assert_eq!(exit, Some(0), "{errors}");
        Self(serde_json::from_str(&json).unwrap())
    }

    fn list(&self, name: &str) -> &[Value] {
        self.0[name].as_array().unwrap()
    }

    /// `ServiceAccount/shop/web found`, without namespaces.
    fn nodes(&self) -> Vec<String> {
        let nodes = self.list("nodes").iter().filter(|node| node["kind"] != "Namespace");
        nodes.map(|node| format!("{} {}", node["id"].as_str().unwrap(), node["state"].as_str().unwrap())).collect()
    }

    fn has(&self, node: &str) -> bool {
        self.nodes().iter().any(|known| known.split(' ').next() == Some(node))
    }

    fn state(&self, id: &str) -> &str {
        let node = self.list("nodes").iter().find(|node| node["id"] == id);
        node.unwrap_or_else(|| panic!("no {id} in {:?}", self.nodes()))["state"].as_str().unwrap()
    }

    fn notes(&self, id: &str) -> Vec<&str> {
        let node = self.list("nodes").iter().find(|node| node["id"] == id).unwrap();
        node["notes"].as_array().into_iter().flatten().map(|note| note.as_str().unwrap()).collect()
    }

    /// `A runs-as B`, for edges of one kind.
    fn edges(&self, kind: &str) -> Vec<String> {
        let edges = self.list("edges").iter().filter(|edge| edge["kind"] == kind);
        edges.map(|edge| format!("{} > {}", edge["from"].as_str().unwrap(), edge["to"].as_str().unwrap())).collect()
    }
}

fn binding(name: &str, role: &str, subject: &str) -> String {
    format!(
        "---\nkind: ClusterRoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: {name}}}\n\
         roleRef: {{kind: ClusterRole, name: '{role}', apiGroup: rbac.authorization.k8s.io}}\nsubjects: [{subject}]\n"
    )
}

fn group(name: &str) -> String {
    format!("{{kind: Group, name: '{name}', apiGroup: rbac.authorization.k8s.io}}")
}

fn cluster_role(name: &str, labels: &str, more: &str) -> String {
    format!(
        "---\nkind: ClusterRole\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: {name}, labels: {{{labels}}}}}\n\
         rules: []\n{more}\n"
    )
}

#[test]
fn the_way_from_workloads_to_roles_is_there_with_its_dangling_ends() {
    let shop = Drawn::of(SHOP, &[]);
    assert_eq!(
        shop.nodes(),
        [
            "Deployment/shop/web found",
            "CronJob/shop/report found",
            "Pod/shop/shell found",
            "ServiceAccount/elsewhere/web missing",
            "ServiceAccount/shop/default built-in",
            "ServiceAccount/shop/reporter missing",
            "ServiceAccount/shop/web found",
            "User/ada found",
            "ClusterRoleBinding/lost found",
            "RoleBinding/shop/readers found",
            "ClusterRole/gone missing",
            "Role/shop/reader found",
        ]
    );
    assert_eq!(shop.state("Namespace/shop"), "found");
    assert_eq!(shop.state("Namespace/elsewhere"), "missing");
    assert_eq!(
        shop.edges("runs-as"),
        [
            "Deployment/shop/web > ServiceAccount/shop/web",
            "CronJob/shop/report > ServiceAccount/shop/reporter",
            "Pod/shop/shell > ServiceAccount/shop/default",
        ]
    );
    assert_eq!(
        shop.edges("bound-by"),
        [
            "ServiceAccount/elsewhere/web > ClusterRoleBinding/lost",
            "ServiceAccount/shop/reporter > RoleBinding/shop/readers",
            "ServiceAccount/shop/web > RoleBinding/shop/readers",
            "User/ada > RoleBinding/shop/readers",
        ]
    );
    assert_eq!(
        shop.edges("refers-to"),
        ["ClusterRoleBinding/lost > ClusterRole/gone", "RoleBinding/shop/readers > Role/shop/reader"]
    );
}

#[test]
fn members_of_groups_are_told_where_a_binding_names_the_group() {
    assert!(Drawn::of(SHOP, &[]).edges("member-of").is_empty());
    let text = [SHOP, &binding("b", "view", &group("system:serviceaccounts:shop"))].concat();
    let members = Drawn::of(&text, &[]).edges("member-of");
    let expected = ["default", "reporter", "web"]
        .map(|name| format!("ServiceAccount/shop/{name} > Group/system:serviceaccounts:shop"));
    assert_eq!(members, expected);
    let all = [SHOP, &binding("b", "view", &group("system:authenticated"))].concat();
    let all = Drawn::of(&all, &[]);
    assert_eq!(all.edges("member-of").len(), 5, "the ServiceAccounts, and ada");
    assert!(all.has("ClusterRoleBinding/system:discovery"), "what the group gets from Kubernetes");
    let centre = Drawn::of(&text, &["--subject", "group/system:serviceaccounts:shop"]);
    assert!(centre.has("Deployment/shop/web") && centre.has("ClusterRole/view"), "{:?}", centre.nodes());
    assert!(!centre.has("RoleBinding/shop/readers"), "what its members get besides is left out");
}

#[test]
fn built_in_roles_are_there_where_something_refers_to_them() {
    let text = binding("b", "view", "{kind: User, name: ada}");
    let drawn = Drawn::of(&text, &[]);
    assert_eq!(drawn.nodes(), ["User/ada found", "ClusterRoleBinding/b found", "ClusterRole/view built-in"]);
    assert_eq!(Drawn::of(&text, &["--no-builtin-roles"]).state("ClusterRole/view"), "missing");
    let asked = Drawn::of(&text, &["--role", "view"]);
    assert_eq!(asked.edges("aggregates"), ["ClusterRole/view > ClusterRole/system:aggregate-to-view"]);
    // Nobody but Kubernetes refers to it.
    let scheduler = Drawn::of(&text, &["--subject", "system:kube-scheduler"]);
    assert_eq!(scheduler.state("ClusterRoleBinding/system:kube-scheduler"), "built-in");
    assert_eq!(Drawn::of(&text, &["--role", "system:monitoring"]).state("ClusterRole/system:monitoring"), "built-in");
    let masters = Drawn::of(&text, &["--subject", "group/system:masters"]);
    assert_eq!(masters.notes("Group/system:masters"), ["may do everything, whatever RBAC says"]);
}

#[test]
fn roles_that_take_in_a_role_of_the_read_set_lead_to_it() {
    let own = cluster_role("widgets", "rbac.authorization.k8s.io/aggregate-to-view: 'true'", "");
    assert_eq!(Drawn::of(&own, &[]).edges("aggregates"), ["ClusterRole/view > ClusterRole/widgets"]);
    let bound = [own.as_str(), &binding("b", "admin", "{kind: User, name: ada}")].concat();
    assert_eq!(
        Drawn::of(&bound, &[]).edges("aggregates"),
        [
            "ClusterRole/admin > ClusterRole/edit",
            "ClusterRole/edit > ClusterRole/view",
            "ClusterRole/view > ClusterRole/widgets",
        ],
        "and not to the parts that Kubernetes makes its roles of"
    );
    let asked = Drawn::of(&bound, &["--role", "widgets"]);
    assert!(asked.has("User/ada"), "who gets it by way of others: {:?}", asked.nodes());
    let selector = "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}";
    let parts = [cluster_role("whole", "part: 'yes'", selector), cluster_role("part", "part: 'yes'", "")].concat();
    assert_eq!(Drawn::of(&parts, &[]).edges("aggregates"), ["ClusterRole/whole > ClusterRole/part"]);
}

#[test]
fn what_cannot_be_told_is_noted() {
    let role = |verb: &str| {
        format!(
            "---\nkind: Role\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {{name: reader, namespace: shop}}\n\
             rules: [{{apiGroups: [''], resources: [pods], verbs: [{verb}]}}]\n"
        )
    };
    let other = "---\nkind: Pod\napiVersion: v1\nmetadata: {name: shell, namespace: shop}\nspec: {serviceAccountName: web, containers: []}\n";
    let broken = "---\nkind: Role\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {name: gone, namespace: shop}\nrules: 7\n";
    let to_broken = "---\nkind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nmetadata: {name: b, namespace: shop}\n\
        roleRef: {kind: Role, name: gone}\nsubjects: []\n";
    let text = [SHOP, &role("get"), &role("list"), other, broken, to_broken].concat();
    let drawn = Drawn::of(&text, &[]);
    assert_eq!(drawn.notes("Role/shop/reader"), ["defined 3 times, not the same"]);
    assert_eq!(drawn.notes("Pod/shop/shell"), ["defined 2 times, not the same"]);
    assert_eq!(drawn.state("Role/shop/gone"), "unreadable");
    assert_eq!(drawn.notes("RoleBinding/shop/b"), ["has no subjects"]);
    assert!(drawn.edges("refers-to").contains(&"RoleBinding/shop/b > Role/shop/gone".to_owned()));
    let refused = [SHOP, &binding("b", "view", "{kind: ServiceAccount, name: web}")].concat();
    let refused = Drawn::of(&refused, &[]);
    assert_eq!(refused.state("ClusterRoleBinding/b"), "unreadable");
    assert_eq!(refused.notes("ClusterRoleBinding/b"), ["the API server refuses it"]);
    assert!(!refused.has("ClusterRole/view"), "it hands out nothing");
    let same = [SHOP, SHOP].join("---");
    assert!(Drawn::of(&same, &[]).notes("Role/shop/reader").is_empty(), "the same twice is no news");
    let (_, _, errors) = run(&text, &[]);
    assert!(errors.contains("1 place could not be read") && errors.contains("Role shop/gone"), "{errors}");
}

#[test]
fn a_picture_can_be_about_a_subject_a_role_and_a_namespace() {
    let web = Drawn::of(SHOP, &["--subject", "shop:web"]);
    assert_eq!(
        web.nodes(),
        [
            "Deployment/shop/web found",
            "ServiceAccount/shop/web found",
            "RoleBinding/shop/readers found",
            "Role/shop/reader found",
        ]
    );
    let role = Drawn::of(SHOP, &["--role", "shop/reader"]);
    assert!(role.has("User/ada") && role.has("CronJob/shop/report") && !role.has("ClusterRole/gone"));
    let both = Drawn::of(SHOP, &["--role", "role/shop/reader", "--subject", "user/ada"]);
    assert_eq!(both.nodes().len(), 3);
    let elsewhere = Drawn::of(SHOP, &["-n", "elsewhere"]);
    assert_eq!(elsewhere.nodes().len(), 3, "a namespace that is only named: {:?}", elsewhere.nodes());
    let near = Drawn::of(SHOP, &["--subject", "shop:web", "--depth", "1"]);
    assert_eq!(near.nodes().len(), 3);
    let unused = Drawn::of(SHOP, &["--subject", "kube-public:default"]);
    assert_eq!(unused.nodes(), ["ServiceAccount/kube-public/default built-in"]);
    let (exit, _, errors) = run(SHOP, &["--subject", "user/ada", "--role", "view"]);
    assert_eq!(exit, Some(0));
    assert!(errors.contains("there is nothing that belongs to all that was asked for"), "{errors}");
}

#[test]
fn a_name_that_nothing_knows_is_no_empty_picture() {
    for (arguments, said) in [
        (["--subject", "shop:wbe"], "there is `shop/web`"),
        (["--subject", "shop:nobody"], "there is `shop:default`, `shop:web`"),
        (["--subject", "user/adaa"], "did you mean `user/ada`?"),
        (["--subject", "group/ada"], "did you mean `user/ada`?"),
        (["--subject", "web"], "name one of `elsewhere:web`, `shop:web`"),
        (["--subject", "whoever"], "names no subject"),
        (["--role", "shop/raeder"], "did you mean `shop/reader`?"),
        (["--role", "reader"], "did you mean `shop/reader`?"),
        (["--role", "a/b/c"], "names no role"),
        (["--namespace", "shpo"], "did you mean `shop`?"),
        (["--namespace", "nowhere"], "there is `default`, `kube-node-lease`, `kube-public`, `kube-system`, `shop`"),
        (["--depth", "1"], "`--subject`, `--role` or `--namespace`"),
    ] {
        let (exit, output, errors) = run(SHOP, &arguments);
        assert_eq!((exit, output.as_str()), (Some(2), ""), "{arguments:?}: {errors}");
        assert!(errors.contains(said), "{arguments:?}: {errors}");
    }
}

/// So many ServiceAccounts in each of some namespaces, each with a binding of its own to one role.
fn crowd(namespaces: usize, accounts: usize) -> String {
    let mut text = String::new();
    for namespace in 0..namespaces {
        for account in 0..accounts {
            write!(
                text,
                "---\nkind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\n\
                 metadata: {{name: b{account}, namespace: ns{namespace}}}\nroleRef: {{kind: ClusterRole, name: edit}}\n\
                 subjects: [{{kind: ServiceAccount, name: a{account}}}, {{kind: User, name: ada}}]\n"
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn what_is_too_large_to_be_drawn_says_how_to_ask_for_less() {
    // The namespaces do not all fit by themselves: only those that do are examples.
    let text = [crowd(20, 15), crowd(1, 250)].concat();
    let (exit, output, errors) = run(&text, &["--format", "svg"]);
    assert_eq!((exit, output.as_str()), (Some(2), ""));
    assert!(errors.contains("are more than a picture can show (400)"), "{errors}");
    let flags: Vec<_> = errors.split('`').filter(|part| part.starts_with("--") && part.contains(' ')).collect();
    assert!(flags.contains(&"--namespace ns1") && flags.iter().any(|flag| flag.starts_with("--subject")), "{errors}");
    assert!(!flags.contains(&"--namespace ns0"), "{errors}");
    for flags in flags.iter().filter(|flags| !flags.starts_with("--format")) {
        let flags: Vec<_> = flags.split(' ').collect();
        assert_eq!(run(&text, &[&["--format", "svg"], flags.as_slice()].concat()).0, Some(0), "{flags:?}");
    }
    let everybody = crowd(10, 50).replace("name: ada", "name: ada}, {kind: Group, name: 'system:authenticated'");
    let (_, _, errors) = run(&everybody, &["--format", "svg"]);
    assert!(errors.contains("`--namespace ns0 --depth 1` leaves"), "{errors}");
    let (exit, dot, errors) = run(&text, &[]);
    assert_eq!(exit, Some(0), "other formats draw it");
    assert!(dot.starts_with("digraph") && errors.contains("`--namespace ns1` leaves"), "{errors}");
    assert_eq!(run(&text, &["--format", "json"]).2, "", "programs are not told what people can see");
}

#[test]
fn mermaids_limits_are_told_before_it_fails() {
    let (exit, _, errors) = run(&crowd(20, 9), &["--format", "mermaid"]);
    assert_eq!(exit, Some(0));
    assert!(errors.contains("Mermaid draws no more than 500, unless its `maxEdges` is raised"), "{errors}");
    let long = SHOP.replace("name: ada", &format!("name: {}", "a".repeat(50_000)));
    let (_, _, errors) = run(&long, &["--format", "mermaid"]);
    assert!(errors.contains("Mermaid reads no more than 50000, unless its `maxTextSize` is raised"), "{errors}");
    assert_eq!(run(SHOP, &["--format", "mermaid"]).2, "");
}

#[test]
fn the_order_of_files_changes_no_picture() {
    let directory = TempDir::new().unwrap();
    for (number, document) in SHOP.split("---\n").enumerate() {
        fs::write(directory.path().join(format!("{number}.yaml")), document).unwrap();
    }
    let mut paths: Vec<String> = (0..8).map(|number| format!("{number}.yaml")).collect();
    for format in ["dot", "mermaid", "svg", "json"] {
        let draw = |paths: &[String]| {
            let paths: Vec<_> = paths.iter().map(String::as_str).collect();
            run_in(&directory, &[&["--format", format], paths.as_slice()].concat())
        };
        let whole = draw(&[".".to_owned()]);
        assert_eq!(whole.0, Some(0));
        assert!(whole.1.contains("readers"), "{format}");
        for _ in 0..3 {
            paths.rotate_left(3);
            paths.reverse();
            assert_eq!(draw(&paths), whole, "{format} {paths:?}");
        }
        let one = run(SHOP, &["--format", format]);
        assert_eq!(one.1, whole.1, "{format}: one file or several");
    }
}

#[test]
fn nothing_to_draw_is_said() {
    let (exit, _, errors) = run("kind: Namespace\napiVersion: v1\nmetadata: {name: a}\n", &[]);
    assert_eq!(exit, Some(0));
    assert!(errors.contains("there is nothing to draw"), "{errors}");
}

#[test]
fn what_has_no_name_is_drawn_all_the_same() {
    let text = "kind: Namespace\napiVersion: v1\nmetadata: {}\n";
    for format in ["dot", "mermaid", "svg"] {
        let (exit, drawn, _) = run(text, &["--format", format]);
        assert_eq!(exit, Some(0));
        assert!(drawn.contains("without a name"), "{drawn}");
    }
}

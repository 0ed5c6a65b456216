//! What is in force, value by value, and where each comes from.

use crate::catalog::Version;
use crate::cli::args::Input;
use crate::cli::configured::{Configured, DEFAULT_NAMESPACE, FAIL_ON};
use crate::cli::judging::Judging;
use crate::config::{ROOT, Step};
use crate::lint::Profile;
use crate::strict::{Form, Key, Spot};

/// A value, and where it comes from.
#[derive(Debug)]
pub(super) struct Value {
    /// The way to it.
    pub(super) way: Vec<Step>,
    pub(super) content: Content,
    pub(super) origin: Origin,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Content {
    Text(String),
    EmptyList,
    EmptyMapping,
}

/// Where a value comes from.
#[derive(Debug)]
pub(super) enum Origin {
    /// Nobody has said anything.
    Default,
    File(Spot),
    Flag(&'static str),
}

/// What a command line says about a key.
struct Flag {
    name: &'static str,
    texts: Vec<String>,
    /// Whether what the file says holds, too.
    adds: bool,
}

/// All values, by key.
pub(super) fn values(configured: &Configured<'_>, input: &Input, judging: &Judging) -> Vec<Value> {
    ROOT.keys.iter().flat_map(|key| of_key(key, configured, flag(key.name, input, judging))).collect()
}

fn of_key(key: &Key, configured: &Configured<'_>, flag: Option<Flag>) -> Vec<Value> {
    let is_of_key = |way: &[Step]| matches!(way.first(), Some(Step::Key(name)) if name == key.name);
    let written = configured.config.written.iter().filter(|(way, _)| is_of_key(way));
    let mut values: Vec<_> = written
        .map(|(way, word)| Value {
            way: way.clone(),
            content: Content::Text(word.text.clone()),
            origin: Origin::File(word.place.clone()),
        })
        .collect();
    if let Some(Flag { name, texts, adds }) = flag.filter(|flag| !flag.texts.is_empty()) {
        if !adds {
            values.clear();
        }
        for text in texts {
            let item = is_list(key.form).then_some(Step::Item(values.len()));
            let way = [Step::Key(key.name.to_owned())].into_iter().chain(item).collect();
            values.push(Value { way, content: Content::Text(text), origin: Origin::Flag(name) });
        }
    }
    if values.is_empty() {
        let way = vec![Step::Key(key.name.to_owned())];
        values.push(Value { way, content: by_default(key.form), origin: Origin::Default });
    }
    values
}

fn is_list(form: Form) -> bool {
    matches!(form, Form::Rules | Form::Paths | Form::Names { .. } | Form::Parts(_))
}

fn by_default(form: Form) -> Content {
    match form {
        Form::Profile => Content::Text(Profile::Default.name().to_owned()),
        Form::Severity => Content::Text(FAIL_ON.name().to_owned()),
        Form::Version => Content::Text(Version::NEWEST.to_string()),
        Form::Namespace => Content::Text(DEFAULT_NAMESPACE.to_owned()),
        Form::Name => Content::Text(String::new()),
        Form::Severities | Form::Part(_) => Content::EmptyMapping,
        Form::Rules | Form::Paths | Form::Names { .. } | Form::Parts(_) | Form::Test(_) => Content::EmptyList,
    }
}

/// What the command line says about a key.
fn flag(key: &str, input: &Input, judging: &Judging) -> Option<Flag> {
    let one = |name, text: Option<String>| Flag { name, texts: text.into_iter().collect(), adds: false };
    Some(match key {
        "defaultNamespace" => one("--default-namespace", input.default_namespace.clone()),
        "kubernetesVersion" => one("--kubernetes-version", input.kubernetes_version.map(|it| it.to_string())),
        "profile" => one("--profile", judging.profile.map(|it| it.profile().name().to_owned())),
        "failOn" => one("--fail-on", judging.fail_on.map(|it| it.severity().name().to_owned())),
        "exclude" => Flag { name: "--exclude", texts: input.exclude.clone(), adds: false },
        "include" => Flag { name: "--filename", texts: input.filename.clone(), adds: false },
        "select" => Flag { name: "--select", texts: judging.select.clone(), adds: true },
        "ignore" => Flag { name: "--ignore", texts: judging.ignore.clone(), adds: true },
        _ => return None,
    })
}

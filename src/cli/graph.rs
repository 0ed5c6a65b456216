//! `rolecall graph`: the picture of who gets what, whole or around something.

use clap::ValueEnum;

use super::ask::{Question, beside};
use super::{Exit, Ui};
use crate::diagnostic::{Failure, FailureKind};
use crate::graph::{Graph, Identity};
use crate::picture::{Dot, Json, Mermaid, Picture, Svg, TooLarge, Undrawn};
use crate::query::{self, About, Access};

/// What is to be drawn.
#[derive(Debug, clap::Args)]
pub(super) struct GraphOf {
    /// How to draw it.
    #[arg(long, value_name = "FORMAT", default_value = "dot", value_enum)]
    format: Format,
    /// Draws only what this subject gets, and how: `NS:NAME` or `sa/NS/NAME` for a ServiceAccount, `user/NAME`,
    /// `group/NAME`, or a full user name.
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// Draws only who gets this role, and how: `NS/NAME` for a Role, `NAME` for a ClusterRole.
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Draws only what is in this namespace, what it gets, and whom its bindings name.
    #[arg(short, long, value_name = "NS")]
    namespace: Option<String>,
    /// Draws what is at most so many edges away from the subject, the role or the namespace, in whichever direction.
    #[arg(long, value_name = "N")]
    depth: Option<usize>,
    /// Draws instead what permissions add up to: who comes to what they were not given, as `rolecall escalate` tells it;
    /// with `--subject`, to what that one comes.
    #[arg(long, conflicts_with_all = ["role", "namespace", "depth"])]
    escalation: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For Graphviz: `rolecall graph | dot -Tsvg`.
    Dot,
    /// For Mermaid, which GitHub and GitLab draw in Markdown.
    Mermaid,
    /// A picture that stands alone, for any browser.
    Svg,
    /// For programs: one JSON object with the nodes and the edges.
    Json,
}

impl Format {
    fn picture(self) -> &'static dyn Picture {
        match self {
            Self::Dot => &Dot,
            Self::Mermaid => &Mermaid,
            Self::Svg => &Svg,
            Self::Json => &Json,
        }
    }
}

impl Question for GraphOf {
    fn check(&self) -> Result<(), Failure> {
        self.role()?;
        let centre = [&self.subject, &self.role, &self.namespace];
        if centre.iter().all(|named| named.is_none()) && self.depth.is_some() {
            return Err(Failure::new(FailureKind::Usage, "`--depth` counts from something, and nothing is named")
                .hint("name it with `--subject`, `--role` or `--namespace`"));
        }
        Ok(())
    }

    fn answer(&self, access: &Access, ui: &mut Ui) -> Result<Exit, Failure> {
        self.check()?;
        let subject = self.subject.as_deref().map(|text| query::subject_named(text, access)).transpose()?;
        let note = subject.as_ref().and_then(|named| named.note.clone());
        let about = About {
            subject: subject.map(|named| named.who),
            role: self.role()?,
            namespace: self.namespace.clone(),
            depth: self.depth,
        };
        let graph = match (self.escalation, about.subject.as_ref()) {
            (true, subject) => query::escalation_graph(access, subject),
            (false, _) => query::graph(access, &about)?,
        };
        let mut drawn = Vec::new();
        self.format.picture().write(&graph, &mut drawn).map_err(|undrawn| match undrawn {
            Undrawn::TooLarge(much) => self.too_large(much, access, &about, &graph),
            Undrawn::Output(error) => Failure::new(FailureKind::Output, format!("nothing could be drawn: {error}")),
        })?;
        ui.print(|out| out.write_all(&drawn))?;
        let remarks: Vec<_> = note.into_iter().chain(self.remarks(access, &about, &graph, &drawn)).collect();
        beside(&remarks, access, ui);
        Ok(Exit::Fine)
    }
}

impl GraphOf {
    /// The role that the picture should be about. Fails where it is named as no role is.
    fn role(&self) -> Result<Option<Identity>, Failure> {
        self.role.as_deref().map(query::role_named).transpose()
    }

    /// What is to be known about a picture before it is used.
    fn remarks(&self, access: &Access, about: &About, graph: &Graph, drawn: &[u8]) -> Vec<String> {
        let mut remarks = Vec::new();
        let lacking = access.unread().iter().filter(|unread| !unread.may_grant).count();
        if lacking > 0 {
            remarks.push(format!(
                "{lacking} of the objects that grant nothing could not be read (`rolecall lint` has them)"
            ));
        }
        if graph.is_empty() && !about.is_about_all() {
            remarks.push("there is nothing that belongs to all that was asked for".to_owned());
        } else if self.escalation && graph.edges().is_empty() {
            remarks.push("no way was found to more than was given".to_owned());
        } else if query::says_nothing(graph) {
            remarks.push("there is nothing to draw: no workloads, subjects, bindings or roles".to_owned());
        }
        let edges = graph.edges().len();
        if self.format == Format::Mermaid && edges > Mermaid::USUAL_EDGES {
            let most = Mermaid::USUAL_EDGES;
            remarks.push(format!("{edges} edges: Mermaid draws no more than {most}, unless its `maxEdges` is raised"));
        }
        let characters = String::from_utf8_lossy(drawn).chars().count();
        if self.format == Format::Mermaid && characters > Mermaid::USUAL_CHARACTERS {
            let most = Mermaid::USUAL_CHARACTERS;
            remarks.push(format!(
                "{characters} characters: Mermaid reads no more than {most}, unless its `maxTextSize` is raised"
            ));
        }
        match Svg::check(graph) {
            Err(much) if self.format != Format::Json => {
                remarks.push(format!("{much}; to see something, narrow it:"));
                remarks.extend(self.narrower(access, about, graph));
            }
            _ => {}
        }
        remarks
    }

    fn too_large(&self, much: TooLarge, access: &Access, about: &About, graph: &Graph) -> Failure {
        let failure = Failure::new(FailureKind::Usage, much.to_string());
        let failure = self.narrower(access, about, graph).into_iter().fold(failure, Failure::hint);
        failure.hint("`--format dot` and `--format json` have no limit")
    }

    /// How to ask for less, with examples that can be drawn.
    fn narrower(&self, access: &Access, about: &About, graph: &Graph) -> Vec<String> {
        if self.escalation {
            return vec!["name a `--subject` that `rolecall escalate` tells of".to_owned()];
        }
        let smaller = query::smaller(access, about, graph, &|graph| Svg::check(graph).is_ok());
        if smaller.is_empty() {
            return vec!["name a `--subject`, a `--role` or a `--namespace`, with a `--depth` such as 1".to_owned()];
        }
        smaller.iter().map(|smaller| format!("`{}` leaves {} nodes", smaller.flag, smaller.nodes)).collect()
    }
}

//! What somebody did, needs and has, as people read it.

use std::fmt::Write as _;

use super::super::style::Styles;
use super::super::table::{listed, table};
use super::super::unread::unread;
use super::super::words;
use super::sentences::{names, requests, rule, verb, what};
use super::standing::standing;
use crate::query::{Access, Held, Least, LeastOptions, SuggestedRole, UsedRow, Who};
use crate::report::Look;

/// All that there is to say about some subjects, and about those that did nothing.
pub fn human(access: &Access, all: &[Least], unseen: &[Who], options: LeastOptions, look: Look) -> String {
    let page = Page { access, options, styles: Styles::new(look.color), width: look.width };
    let mut text: Vec<_> = all.iter().map(|least| page.subject(least)).collect();
    if !unseen.is_empty() {
        let names: Vec<_> = unseen.iter().map(|who| words::shown(&who.written())).collect();
        let heading = page.styles.strong("Bound, and not in the log");
        text.push(format!("{heading}\n{}", listed("  ", &names, look.width)));
    }
    if text.is_empty() {
        text.push("nothing: the log has no request of anybody whom this is about.\n".to_owned());
    }
    format!("{}{}", text.join("\n"), unread(access, page.styles))
}

struct Page<'a> {
    access: &'a Access,
    options: LeastOptions,
    styles: Styles,
    width: usize,
}

impl Page<'_> {
    fn subject(&self, least: &Least) -> String {
        let mut text = format!("{}\n", self.styles.strong(&words::shown(&least.who.to_string())));
        let of = |is_denied: bool| least.rows.iter().filter(move |row| row.is_denied == is_denied);
        let _ = match least.rows.as_slice() {
            [] => writeln!(text, "  did nothing that the log has"),
            _ => writeln!(text, "  {}", requests(least)),
        };
        for note in &least.notes {
            let _ = writeln!(text, "{}: {note}", self.styles.unsure("note"));
        }
        self.table("Used", &of(false).collect::<Vec<_>>(), &mut text);
        self.table("Denied", &of(true).collect::<Vec<_>>(), &mut text);
        self.suggested(least, &mut text);
        standing((self.access, least), (self.styles, self.width), &mut text);
        text
    }

    fn table(&self, heading: &str, rows: &[&UsedRow], text: &mut String) {
        if rows.is_empty() {
            return;
        }
        let cells = rows.iter().map(|row| {
            let place = row.action.namespace().map_or_else(|| "(cluster)".to_owned(), words::shown);
            let verb = words::shown(verb(row));
            let cell = vec![
                place,
                what(&row.action),
                verb,
                row.times.count.to_string(),
                self.held(row).to_owned(),
                names(&row.times.names),
            ];
            std::iter::once(String::new()).chain(cell).collect()
        });
        let cells: Vec<Vec<String>> = cells.collect();
        let _ = writeln!(text, "\n{}", self.styles.strong(heading));
        text.push_str(&table(&["", "NAMESPACE", "WHAT", "VERB", "TIMES", "GRANTED", "NAMES"], &cells, 2));
        let elsewhere: u64 = rows.iter().map(|row| row.elsewhere).sum();
        if elsewhere > 0 {
            let were = if elsewhere == 1 { "was" } else { "were" };
            let _ = writeln!(text, "  {elsewhere} of these {were} allowed by something other than RBAC");
        }
    }

    fn suggested(&self, least: &Least, text: &mut String) {
        if least.rows.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{}", self.styles.strong("Needed"));
        for SuggestedRole { role, bindings } in &least.suggested {
            let places: Vec<_> =
                bindings.iter().filter_map(|binding| binding.namespace.as_deref()).map(words::shown).collect();
            let head = format!("  {}", words::role(role));
            match (&role.namespace, places.as_slice()) {
                (None, []) => drop(writeln!(text, "{head} by a ClusterRoleBinding")),
                (None, places) => text.push_str(&listed(&format!("{head} by RoleBindings in "), places, self.width)),
                (Some(_), _) => drop(writeln!(text, "{head}")),
            }
            for (heading, items) in role.rules().map(rule) {
                text.push_str(&listed(&format!("    {heading}"), &items, self.width));
            }
        }
        if least.suggested.is_empty() {
            let has_wildcards = least.rows.iter().any(|row| !row.is_denied && row.would_be_wildcard());
            let reason = match least.allowed {
                0 => "nothing was allowed",
                _ if has_wildcards => "no rule would allow what was used and nothing else",
                _ => "the default policy of Kubernetes allows all that was used",
            };
            let _ = writeln!(text, "  no role: {reason}");
        }
        let mut denied = least.rows.iter().filter(|row| row.is_denied && row.is_suggested(true));
        if !self.options.with_denied && denied.next().is_some() {
            let _ = writeln!(text, "  without what was denied: `--with-denied` adds it");
        }
    }

    /// Whether what stands allows something; nothing where nothing was read.
    fn held(&self, row: &UsedRow) -> &'static str {
        match row.held {
            Held::ByDefault => "default",
            Held::Yes => "✓",
            Held::Conditional => "?",
            Held::No if self.access.read_set().objects.is_empty() => "",
            Held::No => "✗",
        }
    }
}

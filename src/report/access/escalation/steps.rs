//! The steps of a proof, one below the other, each with the grants that it takes and their places.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::arrow::arrow;
use super::super::excerpt::place;
use super::super::style::Styles;
use super::super::words::{role_by_id, rule_number, shown};
use crate::query::Access;
use crate::query::escalation::{Certainty, Deed, How, Proof, ProofStep, State, Technique};
use crate::rbac::Grant;

/// How steps are written.
#[derive(Clone, Copy)]
pub(in crate::report::access) struct Page<'a> {
    pub(in crate::report::access) access: &'a Access,
    pub(in crate::report::access) styles: Styles,
    pub(in crate::report::access) width: usize,
}

/// The words of each step of a proof, without the grants: what is done, and what it depends on.
pub(in crate::report::access) fn deeds(access: &Access, proof: &Proof) -> Vec<String> {
    proof.deeds().iter().enumerate().map(|(number, deed)| words(access, deed, number == 0)).collect()
}

impl Page<'_> {
    /// All steps of a proof, numbered. Of what has been told above, the grants are not told again.
    pub(in crate::report::access) fn steps(self, proof: &Proof, indent: usize, told: &mut BTreeSet<String>) -> String {
        let mut text = String::new();
        let mut number = 0;
        for (position, deed) in proof.deeds().iter().enumerate() {
            let words = words(self.access, deed, position == 0);
            let is_told = position > 0 && !told.insert(words.clone());
            let above = if is_told { self.styles.dim(" (as above)") } else { String::new() };
            if matches!(deed.step.how, How::Technique(_)) {
                number += 1;
                let _ = writeln!(text, "{:indent$}{number}. {words}{above}", "");
            } else {
                let _ = writeln!(text, "{:indent$}   {words}{above}", "");
            }
            if is_told {
                continue;
            }
            if let Some(caveat) = caveat(deed) {
                let _ = writeln!(text, "{:indent$}   {}", "", self.styles.unsure(&caveat));
            }
            text.push_str(&self.grants(deed.step, indent + 3));
        }
        text
    }

    fn grants(self, step: &ProofStep, indent: usize) -> String {
        let head = format!("{:indent$}by ", "");
        let mut text = String::new();
        for grant in &step.grants {
            text.push_str(&arrow(self.access, grant, &head, &[self.rule(grant)], (self.styles, self.width)));
        }
        for (role, rule) in &step.rules {
            let at = self.access.rule_places(*rule).map(|places| place(self.access.sources(), places.whole));
            let at = self.styles.dim(&format!("({})", at.unwrap_or_else(|| "default policy".to_owned())));
            let role_name = role_by_id(self.access, *role);
            let _ = writeln!(text, "{head}{role_name} → {} {at}", rule_number(self.access, Some(*role), *rule));
        }
        text
    }

    /// `→ rule 2 (roles.yaml:4:3)`.
    fn rule(self, grant: &Grant) -> String {
        let number = rule_number(self.access, Some(grant.role), grant.rule);
        match self.access.rule_places(grant.rule) {
            Some(places) => format!("→ {number} ({})", place(self.access.sources(), places.whole)),
            None => format!("→ {number}"),
        }
    }
}

/// What is done; who does it is left out where it is clear.
fn words(access: &Access, deed: &Deed<'_>, is_first: bool) -> String {
    let words = super::words::words(access);
    let who = if is_first { String::new() } else { format!("{} ", words.actor(&deed.step.from)) };
    shown(&format!("{who}{}", words.deed(deed)))
}

/// What a step depends on, where it is not certain.
fn caveat(deed: &Deed<'_>) -> Option<String> {
    let certainty = deed.picks.iter().map(|pick| pick.certainty).chain([deed.step.certainty]).max()?;
    let of_technique = |technique: &Technique| Some(technique.caveat).filter(|it| !it.is_empty()).map(str::to_owned);
    let why = match (deed.step.how, certainty) {
        (_, Certainty::Certain) => return None,
        (_, Certainty::Conditional) => None,
        _ if !deed.step.caveat.is_empty() => Some(deed.step.caveat.to_owned()),
        (How::Technique(technique), _) if deed.step.certainty == certainty => of_technique(technique),
        _ if *deed.step.to.plain() == State::Nodes => Some("if such a pod runs on the node".to_owned()),
        _ => Some("if it is there: it was not read".to_owned()),
    };
    Some(why.map_or_else(|| certainty.words().to_owned(), |why| format!("{}: {why}", certainty.words())))
}

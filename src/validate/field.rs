//! A place in an object while it is judged: what the API server calls it, and the way to it.

use crate::yaml::path::{Path, Segment};

/// A place in an object. It lives on the stack, as a chain from the innermost step outwards, and is written down only
/// where there is something to say about it.
///
/// The API server's name for a place is not always the way to it: labels of a template are `spec.template.labels`, and
/// owner references have no index. Steps that it leaves out are *unsaid*; those that it makes up are *unwritten*.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'p> {
    parent: Option<&'p Self>,
    step: Step<'p>,
    is_said: bool,
    is_written: bool,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    /// To a field of a structure: `.name`.
    Name(&'p str),
    /// To an entry of a mapping with keys of the user: `[key]`.
    Key(&'p str),
    /// To an entry of a list: `[0]`.
    Index(usize),
}

impl<'p> Field<'p> {
    /// A field of the object itself.
    pub(super) fn of_object(name: &'p str) -> Self {
        Self { parent: None, step: Step::Name(name), is_said: true, is_written: true }
    }

    /// A field of what stands here.
    pub(super) fn name(&'p self, name: &'p str) -> Self {
        self.step(Step::Name(name))
    }

    /// The entry with a key, of the mapping that stands here.
    pub(super) fn key(&'p self, key: &'p str) -> Self {
        self.step(Step::Key(key))
    }

    /// An entry of the list that stands here, from 0.
    pub(super) fn index(&'p self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The same place where the API server's name for it leaves the last step out.
    pub(super) fn unsaid(self) -> Self {
        Self { is_said: false, ..self }
    }

    /// The same place where the last step is only in the API server's name for it.
    pub(super) fn unwritten(self) -> Self {
        Self { is_written: false, ..self }
    }

    fn step(&'p self, step: Step<'p>) -> Self {
        Self { parent: Some(self), step, is_said: true, is_written: true }
    }

    fn steps(&self) -> Vec<&Self> {
        let mut steps: Vec<_> = std::iter::successors(Some(self), |field| field.parent).collect();
        steps.reverse();
        steps
    }

    /// What the API server calls it: `spec.template.spec.containers[0].image`.
    pub(super) fn said(&self) -> String {
        let mut said = String::new();
        for field in self.steps().into_iter().filter(|field| field.is_said) {
            match field.step {
                Step::Name(name) if said.is_empty() => said.push_str(name),
                Step::Name(name) => said.extend([".", name]),
                Step::Key(key) => said.extend(["[", key, "]"]),
                Step::Index(index) => said.extend(["[", &index.to_string(), "]"]),
            }
        }
        said
    }

    /// The way to it.
    pub(super) fn path(&self) -> Path {
        let segment = |field: &Self| match field.step {
            Step::Name(name) | Step::Key(name) => Segment::Name(name.to_owned()),
            Step::Index(index) => Segment::Index(index),
        };
        self.steps().into_iter().filter(|field| field.is_written).map(segment).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_place_may_leave_out_steps_of_the_way_to_it() {
        let template = Field::of_object("spec");
        let template = template.name("template");
        let metadata = template.name("metadata").unsaid();
        let labels = metadata.name("labels");
        let label = labels.key("a.b/c").unsaid();
        assert_eq!(label.said(), "spec.template.labels");
        assert_eq!(label.path().to_string(), "spec.template.metadata.labels[a.b/c]");
    }

    #[test]
    fn the_name_of_a_place_may_have_steps_that_are_not_on_the_way_to_it() {
        let spec = Field::of_object("spec");
        let overhead = spec.name("overhead");
        let limits = overhead.name("limits").unwritten();
        assert_eq!(limits.key("cpu").said(), "spec.overhead.limits[cpu]");
        assert_eq!(limits.key("cpu").path().to_string(), "spec.overhead.cpu");
    }

    #[test]
    fn keys_and_indexes_stand_in_brackets() {
        let limits = Field::of_object("limits");
        let items = limits.key("cpu");
        let item = items.index(3);
        assert_eq!(item.name("name").said(), "limits[cpu][3].name");
        assert_eq!(item.name("name").path().to_string(), "limits.cpu[3].name");
    }
}

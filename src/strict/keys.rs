//! The keys of a file: what each is called, what it is for, and what it takes. What is read, what is told about unknown
//! keys and the schema for editors follow from tables of them.

/// A mapping.
#[derive(Debug)]
pub struct Part {
    /// What names its keys in a message: `the keys here are`.
    pub(crate) opening: &'static str,
    /// Its keys, by name.
    pub keys: &'static [Key],
    /// Which of them go together.
    pub relations: &'static [Relation],
}

/// What keys have to do with each other, and how to say so.
#[derive(Clone, Copy, Debug)]
pub enum Relation {
    /// The first makes no sense without the second.
    Needs(&'static str, &'static str, &'static str),
    /// One does not stand beside the other.
    Excludes(&'static str, &'static str, &'static str),
    /// One of them has to be there.
    OneOf(&'static [&'static str], &'static str),
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// What it is called.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// What it takes.
    pub form: Form,
    /// Whether its part makes no sense without it.
    pub is_required: bool,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A profile.
    Profile,
    /// Rules, categories or `all`.
    Rules,
    /// A severity for each of some rules.
    Severities,
    /// A severity.
    Severity,
    /// A version of Kubernetes.
    Version,
    /// The name of a namespace.
    Namespace,
    /// A name of one's own.
    Name,
    /// Files, directories and globs; at least one where the key is required.
    Paths,
    /// Patterns of names with so many parts between slashes; 0 where a slash is a character as any other.
    Names {
        /// How many parts.
        parts: usize,
        /// One such name.
        example: &'static str,
    },
    /// A mapping.
    Part(&'static Part),
    /// A list of mappings.
    Parts(&'static Part),
    /// What only a file of tests has.
    Test(TestForm),
}

/// What a key of an access test takes. All but the last take one or a list.
#[derive(Clone, Copy, Debug)]
pub enum TestForm {
    /// Subjects and patterns of them; no subject at all where the list may be empty.
    Subjects {
        /// Whether the list may be empty.
        may_be_empty: bool,
    },
    /// Things to do: each a sentence or a mapping.
    Actions,
    /// Words such as this one.
    Words(&'static str),
    /// What nobody may get at.
    Sinks,
    /// `true` or `false`.
    Flag,
}

/// A key that may be left out.
pub(crate) const fn key(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, about, form, is_required: false }
}

/// A key that has to be there.
pub(crate) const fn required(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, about, form, is_required: true }
}

impl Part {
    /// The names of its keys.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// What is told where a key is none of these.
    pub(crate) fn hint(&self) -> String {
        let names: Vec<_> = self.keys.iter().map(|key| format!("`{}`", key.name)).collect();
        match names.split_last() {
            Some((last, [])) => format!("{} {last}", self.opening),
            Some((last, others)) => format!("{} {} and {last}", self.opening, others.join(", ")),
            None => self.opening.to_owned(),
        }
    }
}

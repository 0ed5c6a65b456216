//! What could stand behind the words of a line.
//!
//! The commands say it themselves: what their arguments are called decides which names are meant (`NS` is a namespace,
//! `SUBJECT` a subject, and so on, see [`values`]).

use clap::Arg;

use super::{command, names};
use crate::query::Access;

/// The sentences, each with the command that it stands for.
const SENTENCES: [(&str, &str); 3] = [("can", "can-i"), ("who", "who-can"), ("what", "permissions")];

/// The words that could stand behind some others, instead of one that was begun. Not all of them need to begin like it.
pub(super) fn candidates(before: &[String], begun: &str, access: &Access) -> Vec<String> {
    let before: Vec<_> = before.iter().map(String::as_str).collect();
    let Some((first, rest)) = before.split_first() else { return first_words() };
    let sentence = SENTENCES.iter().find(|(word, _)| first.eq_ignore_ascii_case(word));
    let name = sentence.map_or(*first, |(_, command)| *command);
    let Ok(command) = command::find(name) else { return Vec::new() };
    let has_flags = before.iter().any(|word| word.starts_with('-'));
    match sentence {
        Some((word, _)) if !has_flags && !begun.starts_with('-') => in_sentence(word, rest, begun, access),
        _ => in_command(&command, rest, begun, access),
    }
}

fn first_words() -> Vec<String> {
    let sentences = SENTENCES.iter().filter(|(_, command)| command::exists(command));
    let commands = command::all();
    let names = commands.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases);
    sentences.map(|(word, _)| *word).chain(names).map(str::to_owned).collect()
}

/// What could stand in a sentence behind its first word.
fn in_sentence(first: &str, rest: &[&str], begun: &str, access: &Access) -> Vec<String> {
    match (first, rest) {
        ("who" | "what", []) => owned(&["can"]),
        ("can", []) | ("what", [_]) => names::subjects(begun, access),
        ("can" | "who", [_]) => names::verbs(),
        ("can" | "who", [_, _]) => sentence_targets(begun, access),
        ("what", [_, _]) => owned(&["do"]),
        (_, [_, _, target, "named"]) if first != "what" => {
            names::objects(target.split('/').next().unwrap_or(target), access)
        }
        (_, [.., "in"]) => owned(&["all"]).into_iter().chain(names::namespaces(access)).collect(),
        (_, [.., "in", "all"]) => owned(&["namespaces"]),
        (_, [.., "in", _] | [.., "everywhere" | "namespaces"]) => Vec::new(),
        (_, [_, _, _]) if first != "what" => owned(&["everywhere", "in", "named"]),
        _ => owned(&["everywhere", "in"]),
    }
}

/// Behind a slash, sentences take subresources, too.
fn sentence_targets(begun: &str, access: &Access) -> Vec<String> {
    let mut targets = names::targets(begun, access);
    if let Some((word, _)) = begun.split_once('/') {
        targets.extend(names::subresources(word, access).into_iter().map(|name| format!("{word}/{name}")));
    }
    targets
}

/// What could stand behind a command and some of its arguments.
fn in_command(command: &clap::Command, rest: &[&str], begun: &str, access: &Access) -> Vec<String> {
    let mut position = 0;
    let mut open = None;
    let mut only_positional = false;
    for word in rest {
        if open.take().is_some() {
            continue;
        }
        match word {
            _ if only_positional => position += 1,
            &"--" => only_positional = true,
            word if word.starts_with('-') => open = flag(command, word),
            _ => position += 1,
        }
    }
    if let Some(arg) = open {
        return values(arg, rest, begun, access);
    }
    if begun.starts_with('-') && !only_positional {
        return match begun.split_once('=') {
            Some((name, value)) => {
                let values = flag(command, name).map(|arg| values(arg, rest, value, access));
                values.into_iter().flatten().map(|value| format!("{name}={value}")).collect()
            }
            None => flags(command),
        };
    }
    let arg = command.get_positionals().nth(position);
    arg.map(|arg| values(arg, rest, begun, access)).unwrap_or_default()
}

/// The flag of this name, where the next word is its value.
fn flag<'c>(command: &'c clap::Command, word: &str) -> Option<&'c Arg> {
    let mut args = command.get_arguments().filter(|arg| arg.get_action().takes_values());
    let short = |arg: &Arg| arg.get_short().is_some_and(|short| word == format!("-{short}"));
    args.find(|arg| arg.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long)) || short(arg))
}

fn flags(command: &clap::Command) -> Vec<String> {
    let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
    shown.filter_map(Arg::get_long).map(|long| format!("--{long}")).collect()
}

/// The values that an argument can have.
fn values(arg: &Arg, rest: &[&str], begun: &str, access: &Access) -> Vec<String> {
    let possible: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !possible.is_empty() && arg.get_action().takes_values() {
        return possible;
    }
    let name = arg.get_value_names().and_then(<[_]>::first).map_or("", clap::builder::Str::as_str);
    match name {
        "NS" => names::namespaces(access),
        "NS:NAME" => names::accounts(begun, access),
        "USER" => names::users(begun, access),
        "GROUP" => names::groups(begun, access),
        "SUBJECT" => names::subjects(begun, access),
        "ROLE" => names::roles(begun, access),
        "VERB" => names::verbs(),
        "COMMAND" => first_words(),
        _ if name.starts_with("TYPE") => names::targets(begun, access),
        _ if arg.get_id() == "subresource" => rest.iter().flat_map(|word| names::subresources(word, access)).collect(),
        _ => Vec::new(),
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

//! `rolecall config show`: what is in force.

use std::io;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;

use super::in_force::{Content, Origin, Value, values};
use crate::cli::configured::Configured;
use crate::cli::judging::Judging;
use crate::cli::{Ui, args};
use crate::config::Step;
use crate::diagnostic::Failure;
use crate::report::plain;
use crate::source::Position;
use crate::strict::Spot;
use crate::yaml::write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    input: args::Input,
    #[command(flatten)]
    judging: Judging,
    /// How to write it.
    #[arg(short, long, value_name = "FORMAT", default_value = "human", value_enum)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// As a configuration file, with the origin of each value behind it.
    Human,
    /// One JSON object.
    Json,
}

pub(super) fn run(args: &Args, ui: &mut Ui) -> Result<(), Failure> {
    let configured = Configured::read(&args.input)?;
    // What names no rule is told here, too.
    configured.settings(&args.judging)?;
    let values = values(&configured, &args.input, &args.judging);
    let file = configured.config.path.as_deref();
    ui.print(|out| match args.output {
        Output::Human => write_text(file, &values, out),
        Output::Json => {
            serde_json::to_writer_pretty(&mut *out, &of_values(file, &values))?;
            writeln!(out)
        }
    })
}

/// Comments stand below each other, unless a value is longer than this.
const WIDEST: usize = 60;

fn write_text(file: Option<&str>, values: &[Value], out: &mut dyn io::Write) -> io::Result<()> {
    match file {
        Some(file) => writeln!(out, "# {}", plain(file))?,
        None => writeln!(out, "# no configuration file was found")?,
    }
    let lines = lines(values);
    let width = lines.iter().filter(|line| line.origin.is_some()).map(|line| line.text.chars().count());
    let width = width.filter(|width| *width <= WIDEST).max().unwrap_or(0);
    for Line { text, origin } in &lines {
        match origin {
            Some(origin) => writeln!(out, "{}", plain(&format!("{text:width$}  # {origin}")))?,
            None => writeln!(out, "{text}")?,
        }
    }
    Ok(())
}

struct Line {
    text: String,
    origin: Option<String>,
}

fn lines(values: &[Value]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut before: &[Step] = &[];
    for value in values {
        let known = value.way.iter().zip(before).take_while(|(step, known)| step == known).count();
        let mut text = "  ".repeat(known);
        for (depth, step) in value.way.iter().enumerate().skip(known) {
            match step {
                Step::Item(_) => text.push_str("- "),
                Step::Key(name) if depth + 1 < value.way.len() => {
                    lines.push(Line { text: format!("{text}{}:", write::string(name)), origin: None });
                    text = "  ".repeat(depth + 1);
                }
                Step::Key(name) => text.extend([&*write::string(name), ": "]),
            }
        }
        text.push_str(&match &value.content {
            Content::Text(text) => write::string(text),
            Content::EmptyList => "[]".to_owned(),
            Content::EmptyMapping => "{}".to_owned(),
        });
        lines.push(Line { text, origin: Some(origin(value)) });
        before = &value.way;
    }
    lines
}

fn origin(value: &Value) -> String {
    match &value.origin {
        Origin::Default if value.way == [Step::Key("include".to_owned())] => {
            "default: the working directory".to_owned()
        }
        Origin::Default => "default".to_owned(),
        Origin::File(Spot { path, start, .. }) => format!("{path}:{}", start.line),
        Origin::Flag(name) => (*name).to_owned(),
    }
}

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    file: Option<&'a str>,
    values: Vec<JsonValue>,
}

#[derive(Serialize)]
struct JsonValue {
    key: String,
    value: serde_json::Value,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<serde_json::Value>,
}

fn of_values<'a>(file: Option<&'a str>, values: &[Value]) -> Json<'a> {
    let values = values.iter().map(|value| {
        let (origin, flag, spot) = match &value.origin {
            Origin::Default => ("default", None, None),
            Origin::File(spot) => ("file", None, Some(spot)),
            Origin::Flag(name) => ("flag", Some(*name), None),
        };
        JsonValue {
            key: key(&value.way),
            value: match &value.content {
                Content::Text(text) => text.as_str().into(),
                Content::EmptyList => serde_json::Value::Array(Vec::new()),
                Content::EmptyMapping => serde_json::Value::Object(serde_json::Map::new()),
            },
            origin,
            flag,
            location: spot.map(location),
        }
    });
    Json { version: 1, file, values: values.collect() }
}

fn location(spot: &Spot) -> serde_json::Value {
    let position = |it: Position| json!({"line": it.line, "column": it.column, "offset": it.offset});
    json!({"path": spot.path, "start": position(spot.start), "end": position(spot.end)})
}

/// `clusters[0].name`.
fn key(way: &[Step]) -> String {
    let steps = way.iter().enumerate().map(|(depth, step)| match step {
        Step::Key(name) if depth == 0 => name.clone(),
        Step::Key(name) => format!(".{name}"),
        Step::Item(index) => format!("[{index}]"),
    });
    steps.collect()
}

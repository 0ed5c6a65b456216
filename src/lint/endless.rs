//! Containers whose command never ends.

use k8s_openapi::api::core::v1::Container;

/// Whether all that a container does in the end is to sleep. Scripts that could end in another way are given the
/// benefit of the doubt.
pub(super) fn never_ends(container: &Container) -> bool {
    let words: Vec<_> =
        [&container.command, &container.args].into_iter().flatten().flatten().map(String::as_str).collect();
    let Some((program, arguments)) = words.split_first() else { return false };
    let is_shell = matches!(program.rsplit('/').next(), Some("sh" | "bash" | "ash" | "dash"));
    match arguments.last() {
        Some(script) if is_shell => {
            let tokens: Vec<_> = script.split([' ', '\t', '\n', ';']).filter(|token| !token.is_empty()).collect();
            let may_end = ["||", "&&", "exit", "break", "trap", "kill"];
            !tokens.iter().any(|token| may_end.contains(token)) && sleeps(&tokens)
        }
        _ => sleeps(&words),
    }
}

fn sleeps(words: &[&str]) -> bool {
    match words {
        [.., program, "infinity" | "inf"] => is_program(program, "sleep"),
        [.., program, "-f" | "-F", "/dev/null"] => is_program(program, "tail"),
        [.., "while", "true" | ":", "do", "sleep", _, "done"] => true,
        _ => false,
    }
}

fn is_program(word: &str, name: &str) -> bool {
    word.rsplit('/').next() == Some(name)
}

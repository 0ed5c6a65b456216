//! Names that were probably meant to be another.

/// Whether one name was probably meant to be the other: in other case, or a slip of the pen away.
pub(super) fn is_alike(one: &str, other: &str) -> bool {
    one != other && (one.eq_ignore_ascii_case(other) || is_slip(one, other))
}

/// Whether a name is a slip of the pen away from another. Names that only count, as `team-a` and `team-b` do, are not.
fn is_slip(one: &str, other: &str) -> bool {
    let shorter = one.len().min(other.len());
    let most = match shorter {
        0..3 => return false,
        3..8 => 1,
        _ => 2,
    };
    let is_counted = |one: &str, other: &str| {
        let start = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let all_but_last = |text: &str| text.chars().rev().skip(1).collect::<String>();
        let differ_at_end = one.len() == other.len() && all_but_last(one) == all_but_last(other);
        start(one) == start(other) || (differ_at_end && !(ends_in_word(one) && ends_in_word(other)))
    };
    let may_be = one.len().abs_diff(other.len()) <= most && letters_differ(one, other) <= 2 * most;
    may_be && strsim::osa_distance(one, other) <= most && !is_counted(one, other) && !differ_in_short_word(one, other)
}

/// Whether names differ in one short word only, as `app-eu` and `app-us` do: that tells things of a kind apart, unless the
/// letters are the same.
fn differ_in_short_word(one: &str, other: &str) -> bool {
    let parts = |name: &str| name.split(['-', '.']).map(str::to_owned).collect::<Vec<_>>();
    let (ours, theirs) = (parts(one), parts(other));
    let mut different = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs);
    let (first, is_only) = (different.next(), different.next().is_none());
    let in_order = |word: &str| {
        let mut letters: Vec<_> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_short =
        |(ours, theirs): (&String, &String)| ours.len() <= 3 && theirs.len() <= 3 && in_order(ours) != in_order(theirs);
    ours.len() > 1 && ours.len() == theirs.len() && is_only && first.is_some_and(is_short)
}

/// Whether a name ends in a word of letters that is too long to count by: `frontend`, but not `a`, `eu` or `2b`.
fn ends_in_word(name: &str) -> bool {
    name.chars().rev().take_while(char::is_ascii_alphabetic).count() >= 5
}

/// How many letters are in only one of two names. A slip of the pen changes no more than two, so that most names need no
/// second look.
fn letters_differ(one: &str, other: &str) -> usize {
    let letters = |text: &str| text.chars().fold(0_u64, |letters, letter| letters | 1 << (u32::from(letter) % 64));
    (letters(one) ^ letters(other)).count_ones() as usize
}

/// Whether one name is the other behind a prefix with a colon, such as `oidc:jane`. Those of Kubernetes are no prefixes.
pub(super) fn is_prefixed(one: &str, other: &str) -> bool {
    let is_behind = |name: &str, rest: &str| {
        let before = name.strip_suffix(rest).and_then(|before| before.strip_suffix(':'));
        !rest.is_empty()
            && before.is_some_and(|before| !before.is_empty() && before.split(':').next() != Some("system"))
    };
    is_behind(one, other) || is_behind(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_names_that_count() {
        for (one, other, expected) in [
            ("deployer", "deploer", true),
            ("Devs", "devs", true),
            ("dev", "devs", true),
            ("viewr", "view-r", true),
            ("R", "r", true),
            ("jürgen-m", "jurgen-m", true),
            ("partition-manager", "partiton-manager", true),
            ("team-a", "team-b", false),
            ("app-1", "app-2", false),
            ("app", "app2", false),
            ("ab", "cb", false),
            ("deploy-eu", "deploy-us", false),
            ("app-qa", "app-qs", false),
            ("web-shop", "wbe-shop", true),
            ("web-frontend", "web-frontent", true),
            ("same", "same", false),
            ("reader", "writer", false),
        ] {
            assert_eq!(is_alike(one, other), expected, "{one} {other}");
            assert_eq!(is_alike(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn prefixes_end_in_a_colon() {
        for (one, other, expected) in [
            ("oidc:jane", "jane", true),
            ("jane", "https://issuer.example:jane", true),
            ("system:jane", "jane", false),
            (":jane", "jane", false),
            ("mary-jane", "jane", false),
            ("oidc:", "", false),
        ] {
            assert_eq!(is_prefixed(one, other), expected, "{one} {other}");
        }
    }
}

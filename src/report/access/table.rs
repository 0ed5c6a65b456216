//! Columns of text, and lists that are broken where the line ends.

/// Rows under headings, each column as wide as its longest text, with some spaces between them.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>], gap: usize) -> String {
    let headings: Vec<_> = headings.iter().map(|&heading| heading.to_owned()).collect();
    let lines: Vec<&[String]> = std::iter::once(headings.as_slice())
        .filter(|line| !line.is_empty())
        .chain(rows.iter().map(Vec::as_slice))
        .collect();
    let columns = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| columns_of(cell)).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0) + gap).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| padded(cell, *width));
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    text
}

/// How many columns a text takes.
pub(super) fn columns_of(text: &str) -> usize {
    text.chars().count()
}

/// The text with spaces behind it, up to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns_of(text))))
}

/// Items with commas between them, behind a heading, broken at a width; further lines stand under the first item.
pub(super) fn listed(heading: &str, items: &[String], width: usize) -> String {
    let indent = columns_of(heading);
    let mut text = heading.to_owned();
    let mut column = indent;
    for (position, item) in items.iter().enumerate() {
        let comma = if position + 1 == items.len() { "" } else { "," };
        let item = format!("{item}{comma}");
        let needed = columns_of(&item) + usize::from(column > indent);
        if column > indent && column + needed > width {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        }
        if column > indent {
            text.push(' ');
            column += 1;
        }
        text.push_str(&item);
        column += columns_of(&item);
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn columns_are_as_wide_as_their_longest_text() {
        let rows = [strings(&["a", "bbb", ""]), strings(&["ää", "b", "c"])];
        assert_eq!(table(&["X", "Y"], &rows, 2), "X   Y\na   bbb\nää  b    c\n");
    }

    #[test]
    fn lists_are_broken_between_items() {
        let items = strings(&["one", "two", "three"]);
        assert_eq!(listed("it: ", &items, 13), "it: one, two,\n    three\n");
        assert_eq!(listed("it: ", &items, 3), "it: one,\n    two,\n    three\n");
        assert_eq!(listed("it: ", &items, 80), "it: one, two, three\n");
    }
}

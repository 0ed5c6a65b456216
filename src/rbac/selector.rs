//! Label selectors: which ClusterRoles another one takes in.

/// A label selector. All of its requirements have to hold, so that an empty one selects everything
/// (`LabelSelectorAsSelector` in k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selector {
    /// What labels have to be like: `matchLabels` as `In` with one value, then `matchExpressions`.
    pub requirements: Vec<Requirement>,
}

/// What one label has to be like.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Requirement {
    /// The label's key.
    pub key: String,
    /// How its value is judged.
    pub operator: Operator,
    /// The values for `In` and `NotIn`.
    pub values: Vec<String>,
}

/// How the value of a label is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// The label is there, with one of the values.
    In,
    /// The label is not there, or has none of the values.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
    /// A word that is no operator: the selector is refused, and selects nothing.
    Unknown,
}

impl From<&str> for Operator {
    fn from(word: &str) -> Self {
        match word {
            "In" => Self::In,
            "NotIn" => Self::NotIn,
            "Exists" => Self::Exists,
            "DoesNotExist" => Self::DoesNotExist,
            _ => Self::Unknown,
        }
    }
}

impl Requirement {
    /// The requirement that a label has this value.
    pub fn equals(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), operator: Operator::In, values: vec![value.into()] }
    }

    fn holds(&self, labels: &[(String, String)]) -> bool {
        let value = labels.iter().find(|(key, _)| *key == self.key).map(|(_, value)| value);
        match self.operator {
            Operator::In => value.is_some_and(|value| self.values.contains(value)),
            Operator::NotIn => value.is_none_or(|value| !self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::Unknown => false,
        }
    }
}

impl Selector {
    /// Whether an object with these labels is selected.
    pub fn selects(&self, labels: &[(String, String)]) -> bool {
        self.requirements.iter().all(|requirement| requirement.holds(labels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requirement(key: &str, operator: Operator, values: &[&str]) -> Requirement {
        Requirement { key: key.to_owned(), operator, values: values.iter().map(|&value| value.to_owned()).collect() }
    }

    #[test]
    fn requirements_are_judged_as_kubernetes_does() {
        let labels = [("tier".to_owned(), "gold".to_owned())];
        for (requirement, expected) in [
            (requirement("tier", Operator::In, &["silver", "gold"]), true),
            (requirement("tier", Operator::In, &["silver"]), false),
            (requirement("tier", Operator::NotIn, &["silver"]), true),
            (requirement("tier", Operator::NotIn, &["gold"]), false),
            (requirement("other", Operator::NotIn, &["gold"]), true),
            (requirement("tier", Operator::Exists, &[]), true),
            (requirement("other", Operator::Exists, &[]), false),
            (requirement("tier", Operator::DoesNotExist, &[]), false),
            (requirement("other", Operator::DoesNotExist, &[]), true),
            (requirement("tier", Operator::from("in"), &["gold"]), false),
        ] {
            let selector = Selector { requirements: vec![requirement] };
            assert_eq!(selector.selects(&labels), expected, "{selector:?}");
        }
    }

    #[test]
    fn all_requirements_have_to_hold_and_none_selects_everything() {
        let labels = [("a".to_owned(), "1".to_owned())];
        let both = Selector { requirements: vec![Requirement::equals("a", "1"), Requirement::equals("b", "1")] };
        assert!(!both.selects(&labels));
        assert!(Selector::default().selects(&labels) && Selector::default().selects(&[]));
    }
}

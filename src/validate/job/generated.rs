//! What the API server gives a Job before it judges it: a selector, and labels for its pods by which the selector finds
//! them (`generateSelector` in pkg/registry/batch/job/strategy.go of Kubernetes).

use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::validate::errors::Errors;
use crate::validate::field::Field;
use crate::validate::metadata::{self, Name};
use crate::validate::names;
use crate::validate::selector::{self, Labels, is_selector, selects};

const LEGACY_UID: &str = "controller-uid";
const LEGACY_NAME: &str = "job-name";
const UID: &str = "batch.kubernetes.io/controller-uid";
const NAME: &str = "batch.kubernetes.io/job-name";

/// The UID that the API server gives the Job; nobody can know it before.
const SOME_UID: &str = "00000000-0000-0000-0000-000000000000";

/// A Job's selector and labels as they are judged.
pub(super) struct Generated<'j> {
    job: &'j Job,
    name: Name<'j>,
    /// Whether the user has asked that nothing be generated.
    is_manual: bool,
    /// What was written and what is generated together; `None` where nothing was written that could be at odds with it.
    mixed: Option<Mixed>,
}

/// A selector and labels of pods, each partly written and partly generated.
struct Mixed {
    /// The selector; `None` only where none was written and none is generated.
    selector: Option<LabelSelector>,
    /// The labels of the pods.
    labels: Labels,
}

impl<'j> Generated<'j> {
    pub(super) fn of(job: &'j Job) -> Self {
        let name = Name::of(&job.metadata);
        let spec = job.spec.as_ref();
        let is_manual = spec.is_some_and(|spec| spec.manual_selector == Some(true));
        let has_selector = spec.is_some_and(|spec| spec.selector.is_some());
        let is_written = |(key, _): (&str, _)| template_labels(job).is_some_and(|labels| labels.contains_key(key));
        let is_mixed = is_manual || has_selector || labels_of(&name).into_iter().any(is_written);
        let mixed = is_mixed.then(|| Mixed::of(job, &name, is_manual));
        Self { job, name, is_manual, mixed }
    }

    /// A Job without labels of its own has those of its template, and gets what is added to them too.
    pub(super) fn copied_labels(&self, errors: &mut Errors) {
        let own = self.job.metadata.labels.as_ref().is_some_and(|labels| !labels.is_empty());
        let Some(labels) = template_labels(self.job).filter(|labels| !own && !labels.is_empty()) else { return };
        let spec = Field::of_object("spec").unsaid();
        let template = spec.name("template").unsaid();
        let metadata = template.name("metadata");
        metadata::labels(Some(labels), &metadata.name("labels"), errors);
        self.added_labels(&metadata.name("labels"), errors);
    }

    /// What is wrong with the labels that are added to those of the template.
    pub(super) fn pod_labels(&self, errors: &mut Errors) {
        let spec = Field::of_object("spec");
        let template = spec.name("template");
        self.added_labels(&template.name("labels"), errors);
    }

    /// A name may not fit into a label.
    fn added_labels(&self, field: &Field<'_>, errors: &mut Errors) {
        let written = |key: &str| template_labels(self.job).is_some_and(|labels| labels.contains_key(key));
        if self.is_manual || (written(NAME) && written(LEGACY_NAME)) {
            return;
        }
        for complaint in names::label_value(&self.name.text) {
            errors.invalid(field, &self.name.text, complaint).stems_from(self.name.path());
        }
    }

    /// `validateGeneratedSelector`: what was written may not contradict what is generated.
    pub(super) fn contradictions(&self, errors: &mut Errors) {
        let Some(Mixed { selector: Some(selector), labels }) = self.mixed.as_ref().filter(|_| !self.is_manual) else {
            return;
        };
        let spec = Field::of_object("spec");
        let template = spec.name("template");
        let metadata = template.name("metadata");
        let field = metadata.name("labels");
        for (key, value) in [LEGACY_UID, LEGACY_NAME, UID, NAME].map(|key| (key, self.expected(key))) {
            if labels.get(key).is_some_and(|written| written != value) {
                errors.invalid(&field.key(key), labels, format!("must be '{value}'"));
            }
        }
        let expected =
            labels_of(&self.name).into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        if is_selector(selector) && !selects(selector, &expected) {
            errors.invalid(&spec.name("selector"), selector::Printed::from(selector), "`selector` not auto-generated");
        }
    }

    /// The selector itself, and whether it finds the pods.
    pub(super) fn selection(&self, errors: &mut Errors) {
        let Some(Mixed { selector, labels }) = &self.mixed else { return };
        let spec = Field::of_object("spec");
        let field = spec.name("selector");
        match selector {
            Some(selector) => selector::label_selector(selector, &field, errors),
            None => {
                errors.required(&field, "");
            }
        }
        // Without a selector nothing is found.
        let finds = |selector: &LabelSelector| !is_selector(selector) || selects(selector, labels);
        if !selector.as_ref().is_some_and(finds) {
            let template = spec.name("template");
            let metadata = template.name("metadata");
            let labels = (!labels.is_empty()).then_some(labels);
            errors.invalid(&metadata.name("labels"), labels, "`selector` does not match template `labels`");
        }
    }

    fn expected(&self, key: &str) -> &str {
        if matches!(key, NAME | LEGACY_NAME) { &self.name.text } else { SOME_UID }
    }
}

impl Mixed {
    fn of(job: &Job, name: &Name<'_>, is_manual: bool) -> Self {
        let mut selector = job.spec.as_ref().and_then(|spec| spec.selector.clone());
        let mut labels = template_labels(job).cloned().unwrap_or_default();
        if !is_manual {
            for (key, value) in labels_of(name) {
                labels.entry(key.to_owned()).or_insert_with(|| value.to_owned());
            }
            let wanted = selector.get_or_insert_default().match_labels.get_or_insert_default();
            wanted.entry(UID.to_owned()).or_insert_with(|| SOME_UID.to_owned());
        }
        Self { selector, labels }
    }
}

fn template_labels(job: &Job) -> Option<&Labels> {
    job.spec.as_ref()?.template.metadata.as_ref()?.labels.as_ref()
}

fn labels_of<'n>(name: &'n Name<'_>) -> [(&'static str, &'n str); 4] {
    [(LEGACY_NAME, &name.text), (NAME, &name.text), (LEGACY_UID, SOME_UID), (UID, SOME_UID)]
}

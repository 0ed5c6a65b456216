//! Volumes that are on the node, or made there.

use k8s_openapi::api::core::v1::{EmptyDirVolumeSource, GitRepoVolumeSource, HostPathVolumeSource, ImageVolumeSource};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::super::quantity::Quantity;
use super::super::containers;
use super::super::texts::{self, given};

/// An empty directory.
pub(super) fn empty_dir(source: &EmptyDirVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    let limit = source.size_limit.as_ref().and_then(|limit| Quantity::parse(&limit.0));
    if limit.is_some_and(|limit| limit.is_negative()) {
        errors.forbidden(&field.name("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
}

/// `validateHostPathVolumeSource`.
pub(super) fn host_path(source: &HostPathVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    if !texts::require(&source.path, &field.name("path"), errors) {
        return;
    }
    texts::check(&source.path, texts::path_without_backsteps, &field.name("path"), errors);
    let supported =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];
    let kind = given(source.type_.as_ref());
    if !supported.contains(&kind) {
        errors.not_supported(&field.name("type"), kind, &supported);
    }
}

/// `validateGitRepoVolumeSource`.
pub(super) fn git_repo(source: &GitRepoVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    texts::require(&source.repository, &field.name("repository"), errors);
    let directory = given(source.directory.as_ref());
    texts::check(directory, texts::descending_path, &field.name("directory"), errors);
}

/// `validateImageVolumeSource`. Some versions ask templates for a reference, others do not: it is not asked for here.
pub(super) fn image(source: &ImageVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    containers::pull_policy(given(source.pull_policy.as_ref()), &field.name("pullPolicy"), errors);
}

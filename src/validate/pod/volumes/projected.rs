//! Volumes of files from several sources (`validateProjectedVolumeSource`).

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{KeyToPath, ProjectedVolumeSource, ServiceAccountTokenProjection, VolumeProjection};

use super::super::super::errors::Errors;
use super::super::super::field::Field;
use super::super::texts;
use super::files;

const LEAST_SECONDS: i64 = 10 * 60;
const MOST_SECONDS: i64 = 1 << 32;

/// `validateProjectedVolumeSource`.
pub(super) fn projected(source: &ProjectedVolumeSource, field: &Field<'_>, errors: &mut Errors) {
    files::mode(source.default_mode, &field.name("defaultMode"), errors);
    let mut paths = Paths::default();
    let sources = field.name("sources");
    for (index, projection) in source.sources.iter().flatten().enumerate() {
        let at = sources.index(index);
        one(projection, &mut paths, field, &at, errors);
        if let Some(token) = &projection.service_account_token {
            service_account_token(token, &at, errors);
            token_path(&token.path, index, field, errors);
        }
        let is_there = [
            projection.secret.is_some(),
            projection.config_map.is_some(),
            projection.downward_api.is_some(),
            projection.service_account_token.is_some(),
        ];
        if is_there.into_iter().filter(|&is_there| is_there).count() > 1 {
            errors.forbidden(&at, "may not specify more than 1 volume type per source");
        }
    }
}

/// The paths that are taken.
#[derive(Default)]
struct Paths<'p> {
    taken: BTreeSet<&'p str>,
}

impl<'p> Paths<'p> {
    /// Says of the whole volume that the path of an entry is there twice.
    fn take(&mut self, path: &'p str, value: &str, entry: &Field<'_>, volume: &Field<'_>, errors: &mut Errors) {
        if !path.is_empty() && !self.taken.insert(path) {
            errors.invalid(volume, value, "conflicting duplicate paths").stems_from(entry.name("path").path());
        }
    }
}

/// One source, of which bundles of certificates and certificates of pods are still dropped.
fn one<'p>(
    projection: &'p VolumeProjection,
    paths: &mut Paths<'p>,
    volume: &Field<'_>,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    let of_keys = [
        ("secret", projection.secret.as_ref().map(|it| (&it.name, &it.items))),
        ("configMap", projection.config_map.as_ref().map(|it| (&it.name, &it.items))),
    ];
    for (kind, source) in of_keys {
        if let Some((name, items)) = source {
            let field = field.name(kind);
            texts::require(name, &field.name("name"), errors);
            keys(name, items.as_deref().unwrap_or_default(), paths, volume, &field.name("items"), errors);
        }
    }
    let files = projection.downward_api.iter().flat_map(|source| source.items.iter().flatten());
    let items = field.name("downwardAPI");
    let items = items.name("items").unsaid();
    for (index, file) in files.enumerate() {
        let entry = items.index(index).unsaid();
        files::downward_api_file(file, &entry, errors);
        paths.take(&file.path, &file.path, &entry, volume, errors);
    }
}

fn keys<'p>(
    name: &str,
    items: &'p [KeyToPath],
    paths: &mut Paths<'p>,
    volume: &Field<'_>,
    field: &Field<'_>,
    errors: &mut Errors,
) {
    for (index, item) in items.iter().enumerate() {
        let entry = field.index(index);
        files::key_to_path(item, &entry, errors);
        paths.take(&item.path, name, &entry, volume, errors);
    }
}

/// How long a token is good.
fn service_account_token(token: &ServiceAccountTokenProjection, field: &Field<'_>, errors: &mut Errors) {
    let of_token = field.name("serviceAccountToken");
    let seconds = token.expiration_seconds.unwrap_or(60 * 60);
    let at = of_token.name("expirationSeconds");
    if seconds < LEAST_SECONDS {
        errors.invalid(&at, seconds, "may not specify a duration less than 10 minutes");
    }
    if seconds > MOST_SECONDS {
        errors.invalid(&at, seconds, "may not specify a duration larger than 2^32 seconds");
    }
}

/// The place of a token, which the API server calls a path of the whole volume.
fn token_path(path: &str, index: usize, volume: &Field<'_>, errors: &mut Errors) {
    let sources = volume.name("sources").unsaid();
    let source = sources.index(index).unsaid();
    let token = source.name("serviceAccountToken").unsaid();
    texts::check_required(path, texts::path_of_file, &token.name("path"), errors);
}

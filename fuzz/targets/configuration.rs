//! Bytes as `rolecall.yaml`: a configuration that can be gone by, or one mistake with its place.

#![no_main]

use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use rolecall::config::{Config, parse};
use rolecall::diagnostic::Failure;
use rolecall::discover::ConfigFile;
use rolecall::lint::{Choice, PathChoice, Selection, Settings, lint, severity_named};
use rolecall::manifest::{COMPANIONS, Options};
use rolecall_fuzz::{check_report, inputs};

fuzz_target!(|bytes: &[u8]| {
    let file = ConfigFile { path: "rolecall.yaml".to_owned(), directory: PathBuf::from("/"), bytes: bytes.to_owned() };
    match parse(file).and_then(|config| Ok((settings(&config)?, config))) {
        Ok((settings, config)) => {
            for cluster in config.clusters() {
                let _ = cluster.select(inputs(b""), COMPANIONS);
            }
            let report = lint(&config.scope.keep(inputs(b"a: ["), COMPANIONS), &Options::default(), &settings);
            report.iter().for_each(check_report);
        }
        Err(failure) => assert!(failure.message().starts_with("rolecall.yaml:"), "{}", failure.message()),
    }
});

/// How a run judges that goes by the configuration.
fn settings(config: &Config) -> Result<Settings, Failure> {
    config.fail_on.as_ref().map(severity_named).transpose()?;
    let choice = |paths: &rolecall::config::PathRules| {
        Ok(PathChoice { files: paths.files.clone(), choice: Choice::configured(&paths.rules)? })
    };
    Ok(Settings {
        selection: Selection::configured(&config.rules)?,
        paths: config.paths.iter().map(choice).collect::<Result<_, _>>()?,
        external: config.external.clone(),
        default_policy: false,
        ..Settings::default()
    })
}

//! Schedules and time zones → what is said about them, and when they fire: in order, and never without end.
//!
//! The first line of an input is the schedule, the second the time zone, the third when to begin.

#![no_main]

use std::path::PathBuf;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use rolecall::catalog::Version;
use rolecall::discover::Inputs;
use rolecall::lint::lint;
use rolecall::manifest::Options;
use rolecall::query::Assumptions;
use rolecall::query::plan::{Ahead, Assumed, Plan, Target, plan};
use rolecall::report::access::plan::{Signs, human, json};
use rolecall_fuzz::{LOOK, check_json, check_report, check_text, settings};
use serde_json::json;

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(3, '\n');
    let [schedule, zone, from] = [(); 3].map(|()| lines.next());
    let pod = json!({"restartPolicy": "Never", "containers": [{"name": "a", "image": "b"}]});
    let mut spec = json!({"schedule": schedule, "jobTemplate": {"spec": {"template": {"spec": pod}}}});
    if let Some(zone) = zone.filter(|zone| !zone.is_empty()) {
        spec["timeZone"] = zone.into();
    }
    if text.len() % 2 == 0 {
        spec["startingDeadlineSeconds"] = (text.len() % 50).into();
    }
    let object = json!({"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "c"}, "spec": spec});
    let path = PathBuf::from("cron.json");
    let inputs = Inputs::of_texts([(path.clone(), object.to_string().into_bytes())]);
    let options = Options { keep_texts: true, ..Options::default() };
    check_report(&lint(&inputs, &options, &settings()).expect("it can be read"));
    let from = from.and_then(|from| from.trim().parse().ok()).unwrap_or(Timestamp::UNIX_EPOCH);
    let assumed = Assumed { run: (text.len() % 3 == 0).then_some(90), ahead: Ahead { from, count: 20 } };
    let target = Target { files: [Some(PathBuf::from("/").join(path))].into(), only: None };
    let assumptions = Assumptions { version: Version::NEWEST, default_policy: false };
    let plans = plan(&inputs, &options, assumptions, &[target], assumed).expect("it can be read");
    assert_eq!(plans.planned.len(), 1, "{object}");
    for planned in &plans.planned {
        if let Plan::CronJob(plan) = &planned.plan {
            let times: Vec<_> = plan.moments.iter().map(|moment| moment.at).collect();
            assert!(times.is_sorted() && times.first().is_none_or(|first| *first >= from), "{times:?} from {from}");
        }
    }
    check_json(&json(&plans, assumed));
    check_text(&human(&plans, LOOK, Signs::Unicode));
});

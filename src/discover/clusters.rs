//! Leaves out the files of other clusters, and what is not included.

use std::path::Path;

use super::{Input, Inputs, PassedOver, Place};

impl Inputs {
    /// Keeps the files that belong to a cluster and passes over the others.
    ///
    /// Standard input stays, since it is no file that could belong to another cluster, and so does what could not be
    /// entered, since it may hold files of the cluster. What says how to read other files goes on to do so, as a
    /// companion.
    #[must_use]
    pub fn of_cluster(self, companions: &[&str], belongs: impl Fn(&Path) -> bool) -> Self {
        let (mut inputs, others) = self.split(companions, belongs);
        inputs.passed_over.extend(others.into_iter().map(|path| (path, PassedOver::OtherCluster)));
        inputs.passed_over.sort_by(|(one, _), (other, _)| Path::new(one).cmp(Path::new(other)));
        inputs
    }

    /// Keeps the files that are asked for, as if the others had not been found. Standard input stays, and companions go
    /// on to say how to read others.
    #[must_use]
    pub fn only(self, companions: &[&str], is_wanted: impl Fn(&Path) -> bool) -> Self {
        self.split(companions, is_wanted).0
    }

    /// What stays, and the paths of the files that do not.
    fn split(self, companions: &[&str], belongs: impl Fn(&Path) -> bool) -> (Self, Vec<String>) {
        let Self { files, passed_over } = self;
        let stays = |input: &Input| match &input.place {
            Place::Stdin | Place::Closed(..) | Place::Held(None, _) => true,
            Place::File(path) | Place::Held(Some(path), _) => input.companion || belongs(path),
        };
        let (mut files, others): (Vec<_>, Vec<_>) = files.into_iter().partition(stays);
        let paths = others.iter().map(|input| input.path.clone()).collect();
        let says_how_to_read = |input: &Input| {
            let name = input.absolute().and_then(Path::file_name).and_then(|name| name.to_str());
            name.is_some_and(|name| companions.contains(&name))
        };
        let others = others.into_iter().filter(says_how_to_read);
        files.extend(others.map(|input| Input { companion: true, ..input }));
        (Self { files, passed_over }, paths)
    }
}

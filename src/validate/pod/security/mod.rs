//! Security contexts of pods and containers.

pub(super) mod container;
pub(super) mod pod;
mod profiles;
mod sysctls;
pub(super) mod windows;

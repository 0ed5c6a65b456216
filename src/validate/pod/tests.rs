//! Whole pods, and what is said about them.

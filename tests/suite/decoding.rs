//! How strictly objects are decoded, what is said about it, and what it means for answers.

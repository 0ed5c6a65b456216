//! What the command says.

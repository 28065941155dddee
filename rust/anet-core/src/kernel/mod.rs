//! The hot loops: one set of names, several backends, chosen once at run time.

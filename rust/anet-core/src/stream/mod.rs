//! What everything online is made of.

//! Sparse signatures of windows and the anomaly scores over their history.

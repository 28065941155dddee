"""Folders and files that trackers of runs write: TensorBoard, Weights & Biases, MLflow."""

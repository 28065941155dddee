"""What `make lint` takes for Lightning where it is not installed: the one class that is inherited from."""

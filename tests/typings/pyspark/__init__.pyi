"""What `make lint` takes for Spark where it is not installed: the one class that is inherited from."""

"""What `make lint` takes for Accelerate where it is not installed: the one class that is inherited from."""

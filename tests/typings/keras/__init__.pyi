"""What `make lint` takes for Keras where it is not installed: the one class that is inherited from."""

"""What `make lint` takes for Stable-Baselines3 where it is not installed: the one class that is inherited from."""

"""What the watch does to a loop, where a policy asks for it."""

"""The time of a loop: how long a step takes, how long it waits for data, and steps that do not come."""

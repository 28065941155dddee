"""What the layers of a model give out, measured in the last step of an interval; nothing here waits for the device.

In the order of the data's way: `targets` says what is looked at and to which group of layers it belongs, `hooks` takes
it while the model is called, `moments`, `dead_units`, `routing` and `attention` make a number of it.
"""

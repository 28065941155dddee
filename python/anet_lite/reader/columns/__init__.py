"""Columns of a source: what is ``known`` of them before it is read, and of what ``kinds`` those of rows in memory are.

Of a training run, ``guess`` finds the column of each signal by the ``names`` in use, ``named`` those of named signals;
``sums`` are losses in parts; ``taken`` says what was taken for what, ``nothing_read`` that nothing was. Of a file of
metrics, ``choose`` finds the columns that are streams.
"""

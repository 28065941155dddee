"""What ``spark pack`` does: the product and its needs as an archive for the executors of Spark.

In the order of the work: `needs` finds the packages that are installed, `archive` writes their files, `trial` imports
them from the archive with a Python that has nothing else.
"""

"""The detector of anomalies in a stream.

``detection`` and ``explanation`` are what it answers, ``detector`` itself, ``pool`` many of them, ``encoder`` its
tokens as a signature.
"""

"""One JSON document, whoever wrote it: a trainer, a frame, an array, or the answer of a monitoring system.

``source`` asks each of the others whether the document is of its shape; it answers with rows, or with nothing.
"""

from anet_lite.reader.forms.document.source import JsonFile

__all__ = ["JsonFile"]

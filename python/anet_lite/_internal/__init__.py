"""What the package's own modules share; no part of it is a public name.

``optional_import`` names the extra that a missing package comes with, and ``validate`` checks settings. ``jsonable``
and ``json_line`` carry values to and from JSON. ``file_lock`` keeps a file to one writer. ``log_once`` and
``warn_once`` report what fails beside a training run, which goes on.
"""

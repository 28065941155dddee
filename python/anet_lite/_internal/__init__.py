"""What the package's own modules share; no part of it is a public name.

``schema`` names the signals and metrics. ``optional_import`` names the extra that a missing package comes with, and
``validate`` checks settings. ``jsonable`` and ``json_line`` carry values to and from JSON, ``plain_text`` to text.
``file_lock`` keeps a file to one writer, ``forked_child`` keeps it from a child. ``log_once`` and ``warn_once`` report
what fails beside a training run, which goes on.
"""

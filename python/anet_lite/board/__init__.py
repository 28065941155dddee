"""The board: all runs below a folder, live in a browser.

``folder`` finds the runs, ``card`` is what the list shows of one, ``reading`` makes it and keeps it up, ``index``
remembers it, ``watcher`` looks at all of them again and again; ``streams`` judges files that are of no training run.
``app`` answers a browser with ``pages``, ``token`` lets it in, ``serve`` runs all that. What recorders on other
machines send, ``accept`` hands to ``inbox``, which writes it below the folder, and ``claim`` says whose it is.
"""

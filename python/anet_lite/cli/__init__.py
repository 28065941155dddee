"""The command ``anet-lite``: one file a command, put together in ``app.py``.

Importing this package imports neither typer nor rich, which come with the extra ``anet-lite[cli]``.
"""

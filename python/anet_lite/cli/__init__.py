"""The command ``anet-lite``, put together in ``app``.

A command reads its ``options``, does its work in ``commands`` and shows it through ``view``; ``demo`` is a program of
its own.

Importing this package imports neither typer nor rich, which come with the extra ``anet-lite[cli]``.
"""

"""The command ``anet-lite``, put together in ``app``.

A command of ``commands`` reads its ``options``, makes its ``rows`` and prints or draws them through ``view``; ``demo``
is a program of its own. What ``detect`` does is in a folder of that name, for streams that come also in ``live``; what
``spark pack`` does in ``pack``.

Importing this package imports neither typer nor rich, which come with the extra ``anet-lite[cli]``.
"""

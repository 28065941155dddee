"""The figures of the README's first page: how early the demo's alarm comes over seeds, and the honest box.

`leads` measures, `figures` reads what other studies wrote, `box` says it in two languages.
"""

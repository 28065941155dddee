"""The server of ``anet-lite mcp``: what an agent may ask of runs, streams, checkpoints and tombstone logs.

``folder`` keeps every path inside one folder and words every refusal, ``arguments`` describes what tools are given,
``pages`` cuts long answers. ``find_files`` says what is there; ``run_tools``, ``file_tools`` and ``write_tools`` hold
the tools, and ``server`` puts them together with the official SDK.
"""

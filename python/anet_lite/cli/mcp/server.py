"""The server: the tools, as the official SDK serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite import __version__
from anet_lite._internal.optional_import import need
from anet_lite.cli.mcp.file_tools import FileTools
from anet_lite.cli.mcp.folder import Folder
from anet_lite.cli.mcp.run_tools import RunTools
from anet_lite.cli.mcp.write_tools import WriteTools

if TYPE_CHECKING:
    from collections.abc import Callable

INSTRUCTIONS = """\
Find out why a training run or a data stream fails. list_files shows what is there.
For a run: verdict, then incidents, explain, and rows around the row that an incident names. For streams: detect.
All paths are relative to the root. A verdict of not_judged or no_loss does not say that a run is healthy, and what
remarks and not_judged name was not looked at."""


def server(root: str, allow_write: bool = False) -> Any:
    """Return a server over a folder, ready to ``run()``.

    Args:
        root: The folder; nothing outside it is read or written.
        allow_write: Whether there are tools that write.

    Raises:
        ImportError: The extra ``anet-lite[mcp]`` is not installed.
        ValueError: The root is no folder.

    """
    sdk = need("mcp.server.mcpserver", "mcp")
    folder = Folder(root)
    runs, files, write = RunTools(folder), FileTools(folder), WriteTools(folder)
    reading = [runs.list_files, runs.verdict, runs.incidents, runs.explain, runs.rows, files.table, files.detect]
    reading += [files.check_checkpoint, files.verify_tombstones, files.tombstones]
    writing = [write.write_report, write.note_tombstone] if allow_write else []
    tools = [*(_tool(each, True) for each in reading), *(_tool(each, False) for each in writing)]
    return sdk.MCPServer("anet-lite", instructions=INSTRUCTIONS, version=__version__, tools=tools, log_level="WARNING")


def _tool(function: Callable[..., Any], read_only: bool) -> Any:
    """Return a function as a tool that refuses arguments that it does not know."""
    hints = need("mcp.types", "mcp").ToolAnnotations(
        read_only_hint=read_only, destructive_hint=False, idempotent_hint=read_only, open_world_hint=False
    )
    tool = need("mcp.server.mcpserver.tools", "mcp").Tool.from_function(function, annotations=hints)
    arguments = tool.fn_metadata.arg_model
    arguments.model_config["extra"] = "forbid"
    arguments.model_rebuild(force=True)
    tool.parameters = arguments.model_json_schema(by_alias=True)
    return tool

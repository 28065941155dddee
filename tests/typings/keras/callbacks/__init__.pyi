from typing import Any

class Callback:
    def __getattr__(self, name: str) -> Any: ...

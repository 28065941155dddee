from typing import Any

class BaseCallback:
    model: Any
    logger: Any

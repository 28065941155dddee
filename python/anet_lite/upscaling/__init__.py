"""A coarse series at its full rate: exact block means, the noise of a reference.

``upscale`` makes it, ``upscaled`` is what comes of it, ``support`` whether the reference was one for the series,
``words`` says so in two languages. ``warm_start`` feeds it to a detector, ``plot`` draws it.
"""

from anet_lite.upscaling.support import Support
from anet_lite.upscaling.upscale import upscale
from anet_lite.upscaling.upscaled import Upscaled
from anet_lite.upscaling.warm_start import warm_start

__all__ = ["Support", "Upscaled", "upscale", "warm_start"]

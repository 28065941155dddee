"""The compiled core: a stub for each module of the binding, all names here.

The docstrings live in these stubs: the build copies them into the extension, so ``help()`` shows the same. At run time
the extension is one module, and the folders are not there.
"""

from anet_lite._native.build import *
from anet_lite._native.detect.detection import *
from anet_lite._native.detect.detector import *
from anet_lite._native.detect.encoder import *
from anet_lite._native.detect.explanation import *
from anet_lite._native.detect.pool import *
from anet_lite._native.episodes import *
from anet_lite._native.error import *
from anet_lite._native.metric import *
from anet_lite._native.monitor.alarm import *
from anet_lite._native.monitor.group import *
from anet_lite._native.monitor.known import *
from anet_lite._native.monitor.monitor import *
from anet_lite._native.monitor.reference import *
from anet_lite._native.monitor.replay import *
from anet_lite._native.monitor.snapshot import *
from anet_lite._native.monitor.summary import *
from anet_lite._native.monitor.updates import *
from anet_lite._native.runlog.reader import *
from anet_lite._native.runlog.rows import *
from anet_lite._native.runlog.writer import *
from anet_lite._native.sparse.anomaly import *
from anet_lite._native.sparse.encoder import *
from anet_lite._native.sparse.pool import *
from anet_lite._native.sparse.score import *
from anet_lite._native.sparse.scorer import *
from anet_lite._native.sparse.signature import *
from anet_lite._native.table.find import *
from anet_lite._native.table.reader import *
from anet_lite._native.upscale import *
from anet_lite._native.weights.compare import *
from anet_lite._native.weights.file import *
from anet_lite._native.zeta.certificate import *
from anet_lite._native.zeta.hardy import *
from anet_lite._native.zeta.smooth import *
from anet_lite._native.zeta.trace import *
from anet_lite._native.zeta.zeros import *

__version__: str

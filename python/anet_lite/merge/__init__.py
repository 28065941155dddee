"""Safe merging boundaries: what stands between models and their average, and where on the way it breaks.

``compare`` says from the weights alone what an average would break: one pass over the files of ``models``, measured as
``tensor_report`` says, judged by the ``rules``, worded by ``texts``. ``align`` puts permuted units back. ``path`` walks
from one model to the other, or between three, with your own losses, and ``probe`` without labels, by activations;
``mix`` yields the weights of one place on the way, and ``save`` writes them.
"""

from anet_lite.merge.align import Alignment, UnitOrder, align
from anet_lite.merge.compare import compare
from anet_lite.merge.finding import Finding
from anet_lite.merge.mix import mix
from anet_lite.merge.models import save
from anet_lite.merge.path import MergePath, Probe, path, probe
from anet_lite.merge.report import MergeReport, PairReport
from anet_lite.merge.tensor_report import RowReport, TensorReport

__all__ = [
    "Alignment",
    "Finding",
    "MergePath",
    "MergeReport",
    "PairReport",
    "Probe",
    "RowReport",
    "TensorReport",
    "UnitOrder",
    "align",
    "compare",
    "mix",
    "path",
    "probe",
    "save",
]

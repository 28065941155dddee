"""The monitor of a training run."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, SupportsFloat, SupportsIndex

from numpy.typing import ArrayLike, NDArray
from typing_extensions import Self, disjoint_base

from anet_lite._native.monitor.group import MonitorGroup
from anet_lite._native.monitor.reference import Reference
from anet_lite._native.monitor.snapshot import Snapshot
from anet_lite._native.monitor.summary import RunSummary
from anet_lite._native.monitor.updates import Updates
from anet_lite.tombstone import TombstoneLog

@disjoint_base
class Monitor:
    """Watches a training run and says, before the loss explodes, that it starts to fail and what moved first.

    A row of signals becomes four series: loss and gradient norm in units of their early size, compressed by asinh; the
    logarithm of the update per unit of rate; the logarithm of noise over gradient norm. Block means of each are
    compared with the run's own earlier block means (median, and the larger decile distance as spread). Each score is
    divided by the largest value that the run itself has shown in its last few hundred steps, its adaptive threshold. A
    rule fires when its score exceeds ``k / false_alarms_per_10k ** 0.28``, k being 1.05 for rules of the loss, 1.3
    where the gradient norm takes part, 1.5 for update and noise. Where the past speaks against an alarm, the score must
    be higher by a factor. For outliers in the baseline it is twice the farthest of them over the threshold. For the
    cumulative sums of autocorrelated values it is ``(1 + phi) / (1 - phi)``, phi being the lag-1 autocorrelation of the
    baseline. For all other rules whose peaks differ it is ``exp(1.5 (s - 0.2))``, from 1 to 9, s being the standard
    deviation of the logarithms of the twelve block maxima under the threshold. What is no matter does not fire: a loss
    that has made progress must have lost 7 % of it, at once 35 %.

    Beside them, from row 16 on, rules compare the loss with what the run has learned: with its start, its best and
    its own fastest fall. And from the first row on: not finite, no gradient, no update, no rate, ln K for ever.

    O(1) a step, nothing grows but with the groups (4,096 at most) and the named signals (1,024). A value that is NaN or
    infinite enters no baseline. The scores of the baselines begin after 155 to 231 rows: ``summary()`` says how many
    rows were judged. Cannot be seen: a run that is bad from its first step, faults that move none of the signals, a
    change of data that is benign but looks like wrong labels (announce it by ``note``), ramps slower than the windows.

    Args:
        false_alarms_per_10k: Accepted false alarms (incidents) in 10,000 healthy steps, from 0.1 to 20.
        escalate: Whether the run's past counts as above, and whether, after an incident that has calmed down, the next
            one of the segment must be half as strong again; a family that fired, than it was. Without, the adaptive
            threshold stands alone, and there are more false alarms than accepted.
        reference: The first steps of a known-good run, to be compared with: see ``Reference``.
        signals: What else is measured, each with the direction that is bad: ``{"reward": "falls", "kl": "rises",
            "router_load": "both"}``, or a list of names in common use, whose direction is known; ``nonzero`` is that of
            a count of faults, such as of tensors that are not finite, and ``recorded`` that of what is kept and never
            judged. They are given to ``update`` by name, in every step or now and then. Each has a baseline of its own
            and the accepted false alarms for itself, and makes no other signal's rules less sensitive. A name has no
            ``;`` and no line end, which records put between names.
        tombstones: The ``TombstoneLog`` of this run. Its head travels in ``state_dict``, and so in the checkpoint.

    Raises:
        TypeError: ``false_alarms_per_10k`` is not a number, ``reference`` not a ``Reference``, ``tombstones`` not a
            ``TombstoneLog``, or ``signals`` neither a mapping nor a list of texts.
        ValueError: ``false_alarms_per_10k`` is outside 0.1 to 20; a direction is none of ``rises``, ``falls``,
            ``both``, ``nonzero`` and ``recorded``; a name without a direction is not in common use; or a name is that
            of another argument of ``update``, holds ``;`` or a line end, or is one more than 1,024.

    Example:
        >>> from anet_lite import Monitor
        >>> monitor = Monitor()
        >>> for step in range(300):
        ...     snap = monitor.update(loss=2.0 + 0.1 * (step % 7), grad_norm=1.0 + 0.1 * (step % 5), lr=0.1)
        >>> snap.status, snap.alarms
        ('healthy', [])
        >>> snap = monitor.update(loss=float("nan"), grad_norm=1.0, lr=0.1)
        >>> snap.status, snap.alarms[0].rule
        ('failing', 'nonfinite')

    Source: cumulative sums after E. S. Page, *Continuous inspection schemes*, Biometrika 41 (1954); block maxima after
    M. Frechet, *Sur la loi de probabilite de l'ecart maximum*, Ann. Soc. Polon. Math. 6 (1927).
    """

    status: str
    """Status after the last row."""
    rows: int
    """Rows seen."""
    false_alarms_per_10k: float
    """The accepted false alarms."""
    escalate: bool
    """Whether what has fired must be stronger to fire again."""
    tombstones: TombstoneLog | None
    """The log that it was given."""
    signals: dict[str, Literal["rises", "falls", "both", "nonzero", "recorded"]]
    """The named signals that it knows, each with the direction that is bad."""
    groups: dict[str, int]
    """The groups of parameters, each with the rows that it has taken."""
    def __new__(
        cls,
        false_alarms_per_10k: SupportsFloat | SupportsIndex | None = None,
        *,
        escalate: bool = True,
        reference: Reference | None = None,
        tombstones: TombstoneLog | None = None,
        signals: Mapping[str, str] | Iterable[str] | None = None,
    ) -> Self: ...
    def update(
        self,
        loss: SupportsFloat | SupportsIndex | None = None,
        grad_norm: SupportsFloat | SupportsIndex | None = None,
        step_norm: SupportsFloat | SupportsIndex | None = None,
        noise: SupportsFloat | SupportsIndex | None = None,
        lr: SupportsFloat | SupportsIndex | None = None,
        step: SupportsIndex | None = None,
        batch_id: object = None,
        **named: SupportsFloat | SupportsIndex | None,
    ) -> Snapshot:
        """Take one step's signals, each of which may be absent, and return what they mean.

        Args:
            loss: The raw loss, not a moving average.
            grad_norm: The global gradient norm before clipping. Leave it out in steps that a loss scaler skips.
            step_norm: The norm of the true parameter update.
            noise: The gradient noise, as ``GradNoiseTap.norm`` measures it.
            lr: The learning rate; of several groups the largest.
            step: The step number. Where it goes back, the losses of the same steps are compared (``resumed_worse``);
                steps that repeat, or begin again at the first, mean nothing.
            batch_id: Kept in the snapshot, for the explanation.
            **named: Values of named signals. One that is left out or ``None`` was not measured. A name in common use,
                such as ``reward``, ``kl``, ``entropy``, ``val_loss`` or ``tokens_per_s``, needs no more; another one's
                direction is said once, in ``Monitor(signals=...)``. A name that is no Python name comes by
                ``**{"eval/loss": 0.7}``.

        Returns:
            The snapshot of this step. NaN and the infinities are values like others: they alarm and raise nothing.

        Raises:
            TypeError: A signal is not a real number, the step not an integer, or the direction of a name not known. The
                monitor is unchanged.
            ValueError: An integer is too large. The monitor is unchanged.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor = Monitor(signals={"router_load": "both"})
            >>> for step in range(200):
            ...     snap = monitor.update(0.1 * (step % 7), kl=0.02 + 0.001 * (step % 5), router_load=0.25)
            >>> for step in range(8):
            ...     snap = monitor.update(0.1 * (step % 7), kl=1.6)
            ...     alarms = [(alarm.rule, alarm.signal) for alarm in snap.alarms]
            ...     if alarms:
            ...         print(step, alarms)
            5 [('signal_rise', 'kl')]
            >>> snap.signals, snap.status
            ({'kl': 1.6}, 'failing')
        """
    def update_many(
        self,
        rows: (
            Mapping[str, ArrayLike]
            | NDArray[Any]
            | Iterable[SupportsFloat | SupportsIndex | Iterable[SupportsFloat | SupportsIndex | None] | None]
        ),
        order: Iterable[SupportsIndex] | None = None,
    ) -> Updates:
        """Take many steps at once: the same as ``update`` row by row.

        Args:
            rows: A mapping of columns ``loss``, ``grad_norm``, ``step_norm``, ``noise``, ``lr`` and ``step``, of those
                that there are: a signal is absent in all rows or in none. Other columns are named signals; a list of
                one may hold ``None`` in rows without it. Or an array of shape ``(n,)``, the losses, or
                ``(n, m)``, the first m of the five signals. Or rows one by one, each a loss or the first signals in
                this order. There ``None`` is a signal that was not given; NaN is everywhere one that is not finite.
            order: Where each row stands, such as a time: as many integers of 64 bits. Rows are taken as they come;
                ``last_order`` tells the highest.

        Returns:
            For each row its status and its new alarms.

        Raises:
            TypeError: ``rows`` does not hold rows of real numbers, or ``order`` integers, or the direction of a column
                is not known. The monitor is unchanged.
            ValueError: Columns differ in length, a row has more than five signals, or ``order`` is of another length.
                The monitor is unchanged.
            KeyboardInterrupt: Ctrl-C was pressed. The rows before it are taken, and ``rows`` counts them; what was
                answered to them is lost.

        A long call looks for Ctrl-C, and lets the calls of other threads in, many times a second.

        Example:
            >>> from anet_lite import Monitor
            >>> [alarm.rule for alarm in Monitor().update_many([1.0, 2.0, float("inf")]).alarms]
            ['nonfinite']
            >>> [status for status, alarms in Monitor().update_many([(0.5, None), (float("nan"), 1.0)])]
            ['warming_up', 'failing']
            >>> Monitor().update_many({"loss": [0.5, 0.4], "lr": [0.1, 0.1]})
            Updates(rows=2, alarms=0)
        """

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far; ``None`` where no row had one."""

    def manifest(self) -> bytes:
        """Return which state this is, in less than 100 bytes.

        The manifest holds a format version, a hash of the parameters, the number of events, the last order, a digest to
        which each event is chained, and a hash of all pages. Two manifests are equal only where the states are. Call it
        after ``changed_pages``, which has done its work already.

        The events are those since a monitor was made, or read from ``to_bytes``, which holds none of this.
        """

    def changed_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages that are not as they were when they were last taken, by number.

        All pages, in a dict that is kept up to date with what this returns, and the manifest hold the whole state. A
        page that is no more comes once as ``b""``.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576. Another size than before gives other pages.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.
        """

    def restore(self, manifest: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over the memory of a monitor that was made with the same parameters; it goes on bit for bit.

        Args:
            manifest: What ``manifest`` gave when the pages were last taken.
            pages: All pages by number, each as it was last taken.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The manifest or a page is damaged, of another format version, or of another class; the
                parameters differ; a page is missing, or was taken before or after the manifest. Nothing has changed
                then.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor, store = Monitor(), {}
            >>> for loss in [0.5, 0.4, 0.3]:
            ...     _ = monitor.update(loss)
            ...     store.update(monitor.changed_pages())
            >>> restored = Monitor()
            >>> restored.restore(monitor.manifest(), store)
            >>> restored.rows
            3
        """

    def note(self, text: str) -> None:
        """Announce a change that is intended, such as another mix of data: the next row opens a new segment.

        Baselines, what was learned, the open incident and the escalation start again, and no incident before it need be
        back; scales and the largest rate stay. The text stands in the snapshots of the segment and in the explanation
        of its alarms, and is saved with the state.

        Raises:
            ValueError: The text is empty.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor = Monitor()
            >>> updates = monitor.update_many([1.0, 1.1, 0.9])
            >>> monitor.note("data mix 2")
            >>> snap = monitor.update(1.4)
            >>> snap.segment, snap.note
            ('note', ('data mix 2', 3))
        """
    def group(self, name: str) -> MonitorGroup:
        """Return the monitor of a group of parameters, such as a layer; made on first mention.

        Update the groups of a step before the whole. The groups share half as many false alarms as are accepted, beside
        those of the whole. Their alarms are rolled up: where the whole alarms in the same step,
        its alarm names the groups; where only groups alarm, their strongest is one alarm of the whole, and no other
        follows until 50 steps are calm.

        A monitor holds at most 4,096 groups, 28 kB each. Where names come and go, drop those that are heard no more.

        Raises:
            TypeError: The name is not a str.
            ValueError: The monitor holds 4,096 groups already, and none of this name.
        """
    def drop_group(self, name: str) -> None:
        """Forget a group, what it has learned and its alarms; a later ``group(name)`` begins anew.

        The groups that are left share its false alarms, and an incident that it opened ends by itself.

        Raises:
            TypeError: The name is not a str.
            ValueError: The monitor holds no group of this name.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor = Monitor()
            >>> for name in ("expert 1", "expert 2"):
            ...     _ = monitor.group(name).update(grad_norm=1.0)
            >>> before = monitor.groups
            >>> _ = monitor.group("expert 1").update(grad_norm=1.1)
            >>> silent = [name for name, rows in monitor.groups.items() if rows == before.get(name)]
            >>> for name in silent:
            ...     monitor.drop_group(name)
            >>> silent, monitor.groups
            (['expert 2'], {'expert 1': 2})
        """
    def scores(self) -> dict[str, float]:
        """Return the scores of the last row by rule: the raw value over the adaptive or the fixed threshold."""
    def summary(self) -> RunSummary:
        """Return what the run has come to: its status now and at its worst, its incidents, and what could be judged.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor = Monitor()
            >>> _ = monitor.update_many([2.0, 1.9, float("nan")])
            >>> summary = monitor.summary()
            >>> summary.worst, summary.ruined, summary.judged, summary.needed
            ('failing', True, 0, 155)
            >>> summary.incidents
            [Incident(step=2, open, worst='failing', rules=['nonfinite'])]
        """
    def reference(self, learned_on: str) -> Reference:
        """Return the curve of this run's first 256 steps, to be the reference of later runs if this one was good.

        Raises:
            ValueError: There were fewer than 8 steps.
        """
    def state_dict(self) -> dict[str, Any]:
        """Return all that the monitor has learned, as plain numbers and texts: ``load_state_dict`` goes on bit for bit.

        The settings and the reference are not part of it. Loading opens no segment. The entry ``tombstones`` holds
        length and head of the log that the monitor was given, for ``anet-lite tombstones verify --expect-head``;
        without a log, those of the state loaded last.
        """
    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Replace all that was learned by what ``state_dict`` gave. The settings of this monitor stay.

        Where it has a log that does not hold the head of the state, a RuntimeWarning says so before anything is taken:
        where warnings are errors, the monitor stays as it is.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a monitor's state, of another version, or damaged. The monitor is unchanged.
        """
    def __getstate__(self) -> dict[str, Any]: ...
    def __setstate__(self, state: dict[str, Any], /) -> None: ...
    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, Any]]: ...

"""A run that is watched by what it logs: numbers in, nothing measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetValueError
from anet_lite.integrations.logged_signals import LoggedSignals
from anet_lite.integrations.session import Session
from anet_lite.policy.carried import refuse_idle
from anet_lite.reader.columns.guess import INPUTS, NoSignalError, guess
from anet_lite.reader.columns.sums import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from anet_lite import Monitor
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

_ROW = frozenset(INPUTS)
"""Signals of which one makes a row of a log; others are of evaluations, rewards and the like."""


class LoggedRun:
    """Takes logs of a run, and gives each step to a session as one row. Nothing of it raises.

    What is logged under one step, in however many calls, is one row; it is judged when a log of another step comes, or
    at the end. A log without a step is a row of its own. Evaluations that are logged under a step that is over belong
    to the next row.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.
        columns: The name in the logs of ``loss``, ``grad_norm``, ``lr``, ``step_norm``, ``noise`` or ``step``, where it
            is not one in common use; an empty one leaves the signal out.
        signals: Named signals in the logs: names, or directions by name; by default all whose direction is known.
        where: Who takes the logs, for messages.

    Raises:
        ValueError: The guard's policy cannot be carried out, a signal has no direction, or ``columns`` names none.

    Example:
        >>> from anet_lite.integrations.logged_run import LoggedRun
        >>> run = LoggedRun()
        >>> for step in range(40):
        ...     run.log({"train/loss": 1 / (1 + step), "lr": 0.1}, step)
        >>> run.end()
        >>> run.session.monitor.rows
        40

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        columns: Mapping[str, str] | None = None,
        signals: Mapping[str, str] | Iterable[str] | None = None,
        where: str = "LoggedRun",
    ) -> None:
        refuse_idle(guard, (), where)
        self._chosen = dict(columns or {})
        unknown = self._chosen.keys() - set(INPUTS)
        if unknown:
            raise AnetValueError(f"columns must have keys among {', '.join(INPUTS)}, got {min(unknown)!r}")
        self._signals = LoggedSignals(monitor, signals)
        self.session: Session = Session(self._signals.monitor, guard, trackers)
        self._log_once = LogOnce("watching the logs")
        self._where = where
        self._found: dict[tuple[str, ...], dict[str, str]] = {}
        self._row: dict[str, Any] = {}
        self._step: int | None = None
        self._is_open = False

    def log(self, values: Mapping[str, Any], step: int | None = None) -> None:
        """Take one log. Texts and other things that are no number are passed over.

        Args:
            values: Numbers by name; a tensor of one number is waited for.
            step: The step; several logs of one step are one row.

        """
        with self._log_once:
            numbers = {name: float(value) for name, value in values.items() if hasattr(value, "__float__")}
            signals = self._signals_of(numbers)
            given = signals.pop("step", None)
            at = int(given) if step is None and given is not None else step
            if _ROW.isdisjoint(signals) and not self._is_new(at):
                self._row.update(signals)
                return
            if self._is_open and (at is None or at != self._step):
                self._close()
            self._row.update(signals)
            self._step, self._is_open = at, True
            if at is None:
                self._close()

    def end(self) -> None:
        """Judge the last row, log what the run has come to, and write what the trackers hold."""
        self._close()
        self.session.conclude()
        self.session.flush()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types; a row that has not been judged is no part of it."""
        return self.session.state_dict()

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state, with the same monitor and guard.

        Raises:
            ValueError: It is not a session's state. Nothing is changed.

        """
        self.session.load_state_dict(state)
        self._row, self._step, self._is_open = {}, None, False

    def _is_new(self, step: int | None) -> bool:
        return step is not None and (self._step is None or step > self._step)

    def _close(self) -> None:
        row, self._row, self._is_open = self._row, {}, False
        if row:
            self.session.update(**row, step=self._step)

    def _signals_of(self, numbers: dict[str, float]) -> dict[str, float]:
        names = tuple(numbers)
        if names not in self._found:
            self._found[names] = self._guess(list(names))
        found = self._found[names]
        parts = {signal: parts_of(name, names) or [name] for signal, name in found.items()}
        taken = {name for group in parts.values() for name in group}
        rest = self._signals.of({name: value for name, value in numbers.items() if name not in taken})
        return {**{signal: sum(numbers[name] for name in group) for signal, group in parts.items()}, **rest}

    def _guess(self, names: list[str]) -> dict[str, str]:
        chosen = {signal: name for signal, name in self._chosen.items() if not name or name in names}
        try:
            return guess(names, chosen, "the log")
        except NoSignalError:
            return {}
        except AnetValueError as error:
            raise AnetValueError(f"{error}; here it is {self._where}(columns={{signal: name}})") from None

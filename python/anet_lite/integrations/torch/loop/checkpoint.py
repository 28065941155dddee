"""What a checkpoint asks of a watch: whether the model is worth saving, and what was learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.batches import BatchIds
from anet_lite.integrations.saving import Inspection, Saving
from anet_lite.integrations.torch.act.finite import not_finite, tensors_of
from anet_lite.integrations.torch.loop.view import WatchView

if TYPE_CHECKING:
    from anet_lite.integrations.torch.loop.interval import Intervals

NAMES = {"steps", "losses_per_step", "skips", "monitor", "guard", "tail", "noise_scale", "batches"}
"""What a state holds."""


class Checkpointed(WatchView):
    """The methods of a watch for the time of a checkpoint."""

    def __init__(self, saving: Saving, intervals: Intervals, *parts: Any) -> None:
        super().__init__(*parts)
        self.saving: Saving = saving
        self._intervals = intervals

    @torch.no_grad()
    def inspect(self) -> Inspection:
        """Read every step that is over, and look at the whole model: parameters and buffers, trained or not.

        It waits for the device, and reads the model once. With several ranks every rank must call it.
        """
        with self._measuring:
            self._steps.catch_up()
        model = self._measure.model
        tensors = {**tensors_of(model), **self._measure.find_others()}
        bad = not_finite(tensors, self._measure.ranks)
        step = self.reading.step if self.reading else -1
        return Inspection(step, self.status, len(tensors), tuple(bad))

    def may_save(self, checkpoint: str | None = None) -> bool:
        """Say whether the model is worth saving now: False where it is not finite.

        Call it before you save, on every rank, between two steps. It waits for the device, once a checkpoint. What is
        wrong is said once, with the last checkpoint that was good; that of a failing run may be saved, and is named
        too. ``attach(..., on_bad_save="keep")`` looks at nothing.

        Args:
            checkpoint: Its name in what is said; by default that of the step.

        """
        may = self.may_write(checkpoint)
        if may and self.saving.inspection is not None:
            self.saving.wrote(self.saving.name(checkpoint, self._session.remarks.lang))
        return may

    def may_write(self, checkpoint: str | None = None) -> bool:
        """Say the same for a framework, which then says what it has written: ``saving.wrote``."""
        if self.saving.on_bad_save == "keep":
            return True
        with self._measuring:
            return self.saving.decide(self.inspect(), checkpoint, self._session.remarks)
        return True

    def state_dict(self) -> dict[str, Any]:
        """Return all that was learned, of plain types; nothing is changed or waited for.

        Steps that have not been read are not part of it, nor are the gradients' running means: they start again.
        """
        steps, rows = self._steps, self._rows
        return {
            "steps": steps.count,
            "losses_per_step": steps.losses_per_step,
            "skips": rows.readout.skips,
            "noise_scale": rows.readout.noise_scale.state_dict(),
            "batches": rows.batches.state_dict(),
            **self._session.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave. Steps that have not been read are forgotten.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a watch's state. Nothing is changed.

        """
        if not isinstance(state, dict):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"state must be a dict, got {type(state).__name__}")
        if state.keys() != NAMES:
            raise AnetValueError("state must be what Watch.state_dict gave")
        steps, rows, session = self._steps, self._rows, self._session
        batches = BatchIds(session.remarks)
        batches.load_state_dict(state["batches"])
        session.load_state_dict({name: state[name] for name in ("monitor", "guard", "tail")})
        rows.readout.noise_scale.load_state_dict(state["noise_scale"])
        rows.batches, rows.readout.skips = batches, state["skips"]
        steps.count, steps.losses_per_step = state["steps"], state["losses_per_step"]
        rows.forget(self._intervals)

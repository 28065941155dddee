"""Two lines watch a Lightning training: a run whose learning rate is raised by mistake stops, and says why."""

from __future__ import annotations

import logging

from anet_lite.integrations.lightning import AnetCallback  # first: without lightning it says how to install it

# isort: split

import lightning
import torch

from anet_lite import Guard, Stop


class Model(lightning.LightningModule):
    """A small network whose rate is raised a hundredfold in step 300."""

    def __init__(self) -> None:
        super().__init__()
        self.network = torch.nn.Sequential(torch.nn.Linear(16, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1))

    def training_step(self, batch: torch.Tensor) -> torch.Tensor:
        """Return the loss of a batch."""
        if self.global_step == 300:
            self.optimizers().param_groups[0]["lr"] *= 100
        return torch.nn.functional.mse_loss(self.network(batch), batch[:, :4].sum(1, keepdim=True).sin())

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """Return the optimizer."""
        return torch.optim.AdamW(self.parameters(), 1e-3)


def main() -> None:
    """Train until something breaks."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    lightning.seed_everything(0, verbose=False)
    batches = torch.utils.data.DataLoader(torch.randn(32_000, 16), batch_size=64)
    callback = AnetCallback(guard=Guard(Stop()))  # line one
    trainer = lightning.Trainer(
        max_epochs=1,
        accelerator="cpu",
        callbacks=[callback],  # line two
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(Model(), batches)
    print(f"stopped after step {trainer.global_step}; the fault was in step {callback.watch.alarms[0].step}")


if __name__ == "__main__":
    main()

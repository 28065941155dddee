"""Two lines watch a PyTorch loop: a run whose learning rate is raised by mistake stops, and says why."""

from __future__ import annotations

import logging

from anet_lite import attach  # first: where torch is missing, it says how to install it

# isort: split

import torch

from anet_lite import Guard, Stop


def main() -> None:
    """Train until something breaks."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(16, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    watch = attach(model, optimizer, layers=r"^\d+", guard=Guard(Stop()))  # line one
    for step in range(1000):
        if step == 600:
            optimizer.param_groups[0]["lr"] = 0.3
        x = torch.randn(64, 16)
        loss = torch.nn.functional.mse_loss(model(x), x[:, :4].sum(1, keepdim=True).sin())
        optimizer.zero_grad()
        loss.backward()
        watch.loss(loss)  # line two
        optimizer.step()
        if watch.should_stop:
            print(f"stopped after step {step}; the fault was in step {watch.alarms[0].step}")
            break
    for name, norms in watch.layers.items():
        print(f"layer {name}: gradient {norms.grad_norm:.3g}, noise {norms.noise:.3g}, update {norms.step_norm:.3g}")
    watch.detach()


if __name__ == "__main__":
    main()

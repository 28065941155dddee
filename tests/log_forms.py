"""Logs as frameworks print them, made up: one line of form each, with what must be read of it.

A form is filled in for each row with ``step``, ``epoch``, ``loss``, ``val``, ``lr`` and ``norm``. Forms that begin again
in each epoch, or count nothing, have no step.
"""
# ruff: noqa: E501 (a line of a log is a line)

from __future__ import annotations

from typing import NamedTuple

ESC, BACK, BAR = "\x1b", "\x08" * 30, "\u2588" * 4 + "\u258f" + " " * 5


class Form(NamedTuple):
    """How a framework prints a row, and which signals: ``l`` a loss, ``s`` a step, ``r`` a rate, ``g`` a norm."""

    row: str
    signals: str = "ls"
    head: str = ""
    loss: str = ""
    """The column of the loss, where it must be this one."""


FORMS: dict[str, Form] = {
    "nanogpt": Form("iter {step}: loss {loss:.4f}, time 120.00ms, mfu 30.00%\n"),
    "nanogpt with evaluations": Form(
        "step {step}: train loss {val:.4f}, val loss {val:.4f}\niter {step}: loss {loss:.4f}, time 120.00ms\n",
        loss="loss",
    ),
    "mingpt": Form("epoch 1 iter {step}: train loss {loss:.5f}. lr {lr:e}\n", "lsr"),
    "llm.c": Form(
        "step {step:4d}/19560 | loss {loss:.6f} (+1.2z)| norm {norm:.4f} (+0.1z)| lr {lr:.2e} | 3050.66 ms | 43.6% bf16 MFU\n",
        "lsrg",
    ),
    "llm.c main.log": Form("s:{step} trl:{loss:.4f} lr:{lr:.6f} norm:{norm:.2f}\n", "lsrg"),
    "build-nanogpt": Form("{step} train {loss:.6f}\n"),
    "modded-nanogpt": Form("step:{step}/1390 train_loss:{loss:.4f} train_time:120ms step_avg:12.1ms\n"),
    "nanochat": Form(
        "step {step:05d}/21400 (0.05%) | loss: {loss:.6f} | grad norm: {norm:.4f} | lrm: 1.00 | dt: 10.5ms\n", "lsg"
    ),
    "litgpt": Form("Epoch 1 | iter {step} | loss train: {loss:.3f}, val: n/a | iter time: 120.5 ms\n"),
    "olmo": Form(
        "2024-01-01 00:00:{sec:02d}.123 host:0 olmo.train:967 INFO [step={step}/739328,epoch=0]\n"
        "    train/CrossEntropyLoss={loss:.4f}\n    throughput/total_tokens=4,194,304\n    optim/total_grad_norm={norm:.4f}\n",
        "lsg",
    ),
    "megatron": Form(
        " [2024-01-01 00:00:{sec:02d}] iteration {step:8d}/  250000 | consumed samples:          100 | elapsed time per iteration (ms): 100.0 "
        "| learning rate: {lr:.6E} | global batch size:     8 | lm loss: {loss:.6E} | loss scale: 1.0 | grad norm: {norm:.3f} "
        "| number of skipped iterations:   0 |\n",
        "lsrg",
    ),
    "gpt-neox": Form(
        " samples/sec: 100.2 | iteration {step:8d}/  320000 | elapsed time per iteration (ms): 99.1 | learning rate: {lr:.3E} "
        "| lm_loss: {loss:.6E} | loss scale: 65536.0 | number of skipped iterations: 0 |\n",
        "lsr",
    ),
    "torchtitan": Form(
        f"[rank0]:2024-06-03 20:47:{{sec:02d}},123 - root - INFO - {ESC}[31mstep: {{step:2}}  {ESC}[32mloss: {{loss:7.4f}}  "
        f"{ESC}[38;2;180;60;0mgrad_norm: {{norm:7.4f}}  {ESC}[33mmemory:  1.20GiB(1.5%)  {ESC}[34mtps: 1,234  {ESC}[35mmfu: 3.21%{ESC}[39m\n",
        "lsg",
    ),
    "nemo": Form(
        "Training epoch 0, iteration {step}/999 | lr: {lr:.4g} | global_batch_size: 8 | global_step: {step} | reduced_train_loss: {loss:.4g} "
        "| train_step_timing in s: 0.1\n",
        "lsr",
    ),
    "verl": Form(
        "step:{step} - actor/pg_loss:{loss:.3f} - actor/grad_norm:np.float64({norm:.3f}) - actor/kl_loss:0.010\n", "lsg"
    ),
    "transformers": Form(
        "{{'loss': {loss:.4f}, 'grad_norm': {norm:.6f}, 'learning_rate': {lr}, 'epoch': {epoch:.2f}}}\n", "lrg"
    ),
    "transformers, quoted": Form(
        "{{'loss': '{loss:.4f}', 'grad_norm': '{norm:.6f}', 'learning_rate': '{lr}', 'epoch': '{epoch:.2f}'}}\n", "lrg"
    ),
    "transformers with a bar": Form(
        f"\r 10%|{BAR}| {{step}}/1000 [00:10<16:30,  1.0s/it]\r{{{{'loss': {{loss:.4f}}, 'learning_rate': {{lr}}, 'epoch': {{epoch:.2f}}}}}}\n",
        "lsr",
    ),
    "kohya": Form(f"\rsteps:  10%|{BAR}| {{step}}/1000 [00:10<16:30,  1.0s/it, avr_loss={{loss:.4f}}]"),
    "diffusers": Form(
        f"\rSteps:  10%|{BAR}| {{step}}/1000 [00:10<16:30,  1.0it/s, lr={{lr}}, step_loss={{loss:.4f}}]", "lsr"
    ),
    "lightning": Form(
        f"\rEpoch 0:  10%|{BAR}| {{step}}/1000 [00:01<00:10, 10.0it/s, v_num=1, train_loss_step={{loss:.3f}}]"
    ),
    "stable-baselines3": Form(
        "-----------------------------------\n| time/                   |         |\n|    fps                  | 1200    |\n"
        "|    total_timesteps      | {step}  |\n| train/                  |         |\n|    learning_rate        | {lr}   |\n"
        "|    loss                 | {loss:.4f}   |\n-----------------------------------\n",
        "lsr",
    ),
    "fairseq": Form(
        "2020-01-01 10:00:{sec:02d} | INFO | train_inner | epoch 001: {step:6d} / 1000 loss={loss:.3f}, nll_loss=9.8, ppl=900.2, wps=1, "
        "num_updates={step}, lr={lr:.6g}, gnorm={norm:.3f}, train_wall=10\n",
        "lsrg",
    ),
    "fairseq with validation": Form(
        "2020-01-01 10:00:00 | INFO | train | epoch 001 | loss {loss:.3f} | num_updates {step} | gnorm {norm:.3f}\n"
        "2020-01-01 10:00:00 | INFO | valid | epoch 001 | valid on 'valid' subset | loss {val:.3f} | num_updates {step}\n",
        "lsg",
    ),
    "espnet": Form(
        "[host] 2021-01-01 10:00:{sec:02d},123 (trainer:672) INFO: 1epoch:train:1-{step}batch: iter_time=0.1, loss_ctc=3.0, acc=0.1, "
        "loss={loss:.3f}, optim0_lr0={lr:.3e}\n",
        "lsr",
    ),
    "detectron2": Form(
        "[01/01 10:00:{sec:02d} d2.utils.events]:  eta: 1:00:00  iter: {step}  total_loss: {loss:.4f}  loss_cls: 1.2  loss_box_reg: 0.3  "
        "time: 0.3  data_time: 0.01  lr: {lr:.5g}  max_mem: 2000M\n",
        "lsr",
    ),
    "mmengine": Form(
        "2023/01/01 00:00:{sec:02d} - mmengine - INFO - Iter(train) [{step:6d}/80000]  base_lr: 1.0e-02 lr: {lr:.4e}  eta: 2:00:00  "
        "time: 0.5  data_time: 0.1  memory: 1000  grad_norm: {norm:.4f}  loss: {loss:.4f}  decode.loss_ce: 1.1\n",
        "lsrg",
    ),
    "mmdetection 2": Form(
        "2021-01-01 00:00:{sec:02d},123 - mmdet - INFO - Epoch [1][{step}/9999]\tlr: {lr:.3e}, eta: 5:00:00, time: 0.5, memory: 3000, "
        "loss_rpn_cls: 0.6, loss: {loss:.4f}, grad_norm: {norm:.4f}\n",
        "lsrg",
    ),
    "paddleocr": Form(
        "[2021/01/01 00:00:{sec:02d}] ppocr INFO: epoch: [1/500], global_step: {step}, lr: {lr:.6f}, acc: 0.1, loss: {loss:.6f}, ips: 9.2\n",
        "lsr",
    ),
    "paddleseg": Form(
        "2021-01-01 00:00:{sec:02d} [INFO]\t[TRAIN] epoch: 1, iter: {step}/1000, loss: {loss:.4f}, lr: {lr:.6f}, batch_cost: 0.1\n",
        "lsr",
    ),
    "paddle": Form("epoch: 0, loss is: {loss}, acc is: 0.07\n", "l"),
    "keras": Form(
        "Epoch {step}/99\n\n 50/100 [=====>........] - ETA: 0s - loss: 9.9000 - accuracy: 0.5"
        + BACK
        + "100/100 [==============] - 5s 50ms/step - loss: {loss:.4f} - accuracy: 0.5 - val_loss: {val:.4f} - val_accuracy: 0.6\n",
        "l",
    ),
    "keras 3": Form(
        f"Epoch {{step}}/99\n{ESC}[1m100/100{ESC}[0m {ESC}[32m\u2501\u2501\u2501{ESC}[0m{ESC}[37m{ESC}[0m {ESC}[1m5s{ESC}[0m 50ms/step - accuracy: 0.5 - loss: {{loss:.4f}}\n",
        "l",
    ),
    "lightgbm": Form("[{step}]\ttraining's l2: {loss:.6f}\tvalid_1's l2: {val:.6f}\n", loss="training's l2"),
    "xgboost": Form("[{step}]\ttrain-rmse:{loss:.5f}\teval-rmse:{val:.5f}\n", loss="train-rmse"),
    "catboost": Form(
        "{step}:\tlearn: {loss:.7f}\ttest: {val:.7f}\tbest: 0.1 (0)\ttotal: 12.1ms\tremaining: 1m 2s\n", loss="learn"
    ),
    "pytorch mnist": Form("Train Epoch: 1 [{step}/60000 (1%)]\tLoss: {loss:.6f}\n"),
    "pytorch imagenet": Form(
        "Epoch: [0][{step:4d}/5005]\tTime  0.500 ( 1.000)\tData  0.1 ( 0.2)\tLoss {loss:.4e} (9.9000e+00)\tAcc@1   0.00 (  0.10)\n"
    ),
    "pytorch tutorial": Form("[1, {step:5d}] loss: {loss:.3f}\n"),
    "pytorch quickstart": Form("loss: {loss:>7f}  [{step:>5d}/60000]\n"),
    "timm": Form(
        "Train: 0 [{step:4d}/1251 (  4%)]  Loss: {loss:.3f} (9.91)  Time: 1.012s,  129.01/s  LR: {lr:.3e}  Data: 0.100 (0.200)\n",
        "lsr",
    ),
    "swin": Form(
        "[2021-01-01 00:00:{sec:02d} swin_tiny] (main.py 200): INFO Train: [0/300][{step}/1251]\teta 0:10:00 lr {lr:.6f}\t wd 0.0500\ttime 0.5 (0.5)\t"
        "loss {loss:.4f} (9.9100)\tgrad_norm {norm:.4f} (1.2)\tmem 1000MB\n",
        "lsrg",
    ),
    "mae": Form(
        "[10:00:{sec:02d}.123456] Epoch: [0]  [{step:4d}/1251]  eta: 0:10:00  lr: {lr:.6f}  loss: {loss:.4f} (9.9100)  time: 0.5  data: 0.1  max mem: 9000\n",
        "lsr",
    ),
    "ddp examples": Form("Epoch [1/10], Step [{step}/600], Loss: {loss:.4f}\n"),
    "deepspeed": Form(
        "[2023-01-01 00:00:{sec:02d},123] [INFO] [logging.py:96:log_dist] [Rank 0] step={step}, skipped=0, lr=[{lr}, {lr}], mom=[(0.9, 0.95)]\n"
        "steps: {step} loss: {loss:.4f} iter time (s): 0.512 samples/sec: 10.210\n",
        "lsr",
    ),
    "maxtext": Form(
        "completed step: {step}, seconds: 2.512, TFLOP/s/device: 10.1, Tokens/s/device: 100.2, total_weights: 1000, loss: {loss:.3f}\n"
    ),
    "estimator": Form("INFO:tensorflow:loss = {loss:.5f}, step = {step} (10.123 sec)\n"),
    "object detection": Form("INFO:tensorflow:Step {step} per-step time 0.512s loss={loss:.3f}\n"),
    "object detection 1": Form(
        "I0101 10:00:{sec:02d}.012345 1234 learning.py:507] global step {step}: loss = {loss:.4f} (0.512 sec/step)\n"
    ),
    "darknet": Form(
        " {step}: 9.912345, {loss:.6f} avg loss, {lr:.6f} rate, 5.123456 seconds, 64000 images, 16.9 hours left\n"
    ),
    "caffe": Form(
        "I0101 00:00:{sec:02d}.012345  1234 solver.cpp:228] Iteration {step}, loss = {loss:.4f}\n"
        "I0101 00:00:{sec:02d}.012345  1234 sgd_solver.cpp:106] Iteration {step}, lr = {lr}\n",
        "lsr",
    ),
    "opennmt": Form(
        "[2020-01-01 00:00:{sec:02d},123 INFO] Step {step}/100000; acc:   5.2; ppl: 8000.2; xent: {loss:.2f}; lr: {lr:.5f}; 1000/1000 tok/s;     10 sec\n",
        "lsr",
    ),
    "marian": Form(
        "[2020-01-01 00:00:{sec:02d}] Ep. 1 : Up. {step} : Sen. 6,400 : Cost {loss:.4f} : Time 20.12s : 3000.12 words/s : gNorm {norm:.4f}\n",
        "lsg",
    ),
    "joeynmt": Form(
        "2020-01-01 00:00:{sec:02d},123 - INFO - joeynmt.training - Epoch   1, Step: {step:8d}, Batch Loss: {loss:12.6f}, Tokens per Sec:     1000, Lr: {lr:.6f}\n",
        "lsr",
    ),
    "speechbrain": Form(
        "epoch: {step}, lr: {lr:.2e} - train loss: {loss:.2f} - valid loss: {val:.2f}, valid PER: 40.12\n", "lr"
    ),
    "flair": Form(
        "2021-01-01 10:00:{sec:02d},123 epoch 1 - iter {step}/1000 - loss {loss:.8f} - samples/sec: 100.12\n"
    ),
    "ignite": Form("Epoch[1] Iteration[{step}/938] Loss: {loss:.2f}\n"),
    "composer": Form(
        "[batch={step}/1000]:\n\t Train time/batch: 9\n\t Train loss/train/total: {loss:.4f}\n\t Train lr-DecoupledAdamW/group0: {lr}\n",
        "ls",
    ),
    "nnunet": Form(
        "2023-05-05 10:00:{sec:02d}.123456: \n2023-05-05 10:00:{sec:02d}.123456: Epoch {step}\n2023-05-05 10:00:{sec:02d}.123456: Current learning rate: {lr}\n"
        "2023-05-05 10:00:{sec:02d}.123456: train_loss {loss:.4f}\n2023-05-05 10:00:{sec:02d}.123456: val_loss {val:.4f}\n",
        "lr",
    ),
    "yolox": Form(
        "2021-01-01 00:00:{sec:02d} | INFO     | yolox.core.trainer:258 - epoch: 1/300, iter: {step}/1000, mem: 1000Mb, iter_time: 0.512s, "
        "data_time: 0.012s, total_loss: {loss:.1f}, iou_loss: 3.1, l1_loss: 0.0, conf_loss: 5.1, cls_loss: 1.2, lr: {lr:.3e}, size: 640, ETA: 1:00:00\n",
        "lsr",
    ),
    "yolo": Form(
        f"      Epoch    GPU_mem   box_loss   cls_loss   dfl_loss  Instances       Size\n\r   {{step}}/100      2.5G     {{loss:.3f}}          0          0"
        f"         20        640: 100%|{BAR}| 10/10 [00:05<00:00,  1.9it/s]\n",
        "l",
        loss="box_loss + cls_loss + dfl_loss",
    ),
    "fastai": Form(
        "{step}         {loss:.6f}    {val:.6f}    0.812000  00:12     \n",
        "l",
        "epoch     train_loss  valid_loss  accuracy  time    \n",
    ),
    "loop: tensor": Form("step {step} loss: tensor({loss:.4f}, device='cuda:0', grad_fn=<NllLossBackward0>)\n"),
    "loop: sets": Form("Epoch {step} train: loss {loss:.4f} acc 0.9; val: loss {val:.4f}\n", "l", loss="loss"),
    "loop: two lines": Form(
        "Epoch {step}\nTrain Loss: {loss:.4f}, Accuracy: 0.9\nTest set: Average loss: {val:.4f}, Accuracy: 9800/10000 (98%)\n",
        "l",
    ),
    "loop: step below": Form("batch loss:{loss:.7f}\ncurrent step: {step}th step\n", "ls"),
    "loop: logger": Form(
        "2024-01-01 10:00:{sec:02d},123 - __main__ - INFO - Epoch {epoch} Batch {step} - loss: {loss:.4f} - lr: {lr:.2e}\n",
        "lsr",
    ),
    "loop: root": Form("INFO:root:Iteration {step:,}: train_loss={loss:.4f}\n"),
    "loop: equals": Form("[epoch 1 / 10] step={step} train_loss={loss:.4f} lr={lr:.1e}\n", "lsr"),
    "mlx": Form(
        "Iter {step}: Train loss {loss:.3f}, Learning Rate {lr:.3e}, It/sec 1.012, Tokens/sec 1000.123, Peak mem 5.123 GB\n",
        "lsr",
    ),
    "levanter": Form(
        "2024-01-01T00:00:{sec:02d}Z INFO train - step {step} - loss: {loss:.4f} - learning_rate: {lr}\n", "lsr"
    ),
    "tensorpack": Form(
        "[0101 10:00:{sec:02d} @monitor.py:474] GlobalStep: {step}\n[0101 10:00:{sec:02d} @monitor.py:474] train_loss: {loss:.4f}\n"
    ),
    "mxnet gluon": Form("[Epoch 1 Batch {step}] [loss={loss:.4f}] [lr={lr:.6f}]\n", "lsr"),
    "jsonl with text": Form('INFO {{"step": {step}, "loss": {loss:.4f}, "lr": {lr}}}\n', "lsr"),
}

"""Training steps of PyTorch for io.lariat.benchmarks.gpu.GpuBenchmark, which gives commands on standard input.

    python3 peer.py FOLDER float32|tf32 [--device cpu]

The folder holds what CaseFiles.java wrote. Each command is a line and has a line for an answer; the first line says what this is.

    losses CASE WAY STEPS    the losses of the first steps, on rows in order: "losses 1.5 1.4 ..."
    time CASE WAY EPOCHS     starts anew and takes one epoch more: "seconds 0.1 0.1 ...", without the first
    forget                   frees what the cases before took: "forgotten"

or "absent WHY" for a way that is not to be had here, "failed WHY" for one that went wrong. An epoch shuffles the rows, gathers each
batch on the device, and reads the losses of its steps at its end, as Lariat's does.

The ways, each with the penalty in the loss or, with "-plain" behind, without:

    eager       autograd and the fused Adam, an operation at a time
    graph       the same, the whole step captured as one CUDA graph
    compiled    forward and backward pass by torch.compile, then the whole step captured as one CUDA graph
"""

import argparse
import gc
import importlib
import math
import sys
import time

import torch
import torch.nn.functional as F

WARM_UP_STEPS = 5


class Absent(Exception):
    """A way that is not to be had here."""


class Case:
    """A network, its batch and its rows, as a line of cases.txt has them."""

    def __init__(self, line):
        words = line.split()
        self.name = words[0]
        self.inputs, self.hidden1, self.hidden2, self.batch, self.rows = map(int, words[1:6])
        self.l1, self.learning_rate, self.beta1, self.beta2, self.epsilon = map(float, words[6:11])
        self.steps = self.rows // self.batch


def floats(path, count):
    """The first so many floats of a file."""
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read(4 * count)), dtype=torch.float32)


def loss_function(l1):
    """The loss of a batch, with the penalty on both hidden kernels if there is one."""

    def loss(inputs, targets, w1, w2, w3, b1, b2, b3):
        h1 = torch.relu(torch.addmm(b1, inputs, w1))
        h2 = torch.relu(torch.addmm(b2, h1, w2))
        z = torch.addmm(b3, h2, w3)
        data_loss = F.binary_cross_entropy_with_logits(z, targets)
        if l1 == 0:
            return data_loss
        return data_loss + l1 * (w1.abs().sum() + w2.abs().sum())

    return loss


class Run:
    """A case, trained in one way."""

    def __init__(self, case, way, folder, device):
        self.case = case
        self.device = device
        how, _, plain = way.partition("-")
        if how not in ("eager", "graph", "compiled") or plain not in ("", "plain"):
            raise ValueError(f"no way is called {way}")
        on_gpu = device.type == "cuda"
        if how != "eager" and not on_gpu:
            raise Absent("a CUDA graph needs a CUDA device")
        if how == "compiled" and not hasattr(torch, "compile"):
            raise Absent(f"PyTorch {torch.__version__} has no torch.compile")
        self.x = floats(f"{folder}/x", case.rows * case.inputs).view(case.rows, case.inputs).to(device)
        self.y = floats(f"{folder}/y", case.rows).view(case.rows, 1).to(device)
        self.initial = self._initial(folder)
        self.parameters = [p.clone().requires_grad_(True) for p in self.initial]
        # The fused Adam is the fastest of PyTorch's; a captured one keeps its count of steps on the device.
        kind = {"fused": True, "capturable": how != "eager"} if on_gpu else {"foreach": True}
        self.adam = torch.optim.Adam(
            self.parameters, lr=case.learning_rate, betas=(case.beta1, case.beta2), eps=case.epsilon, **kind
        )
        self.loss = loss_function(0.0 if plain else case.l1)
        if how == "compiled":
            # it gives up on a function after compiling it a few times
            importlib.import_module("torch._dynamo").reset()
            self.loss = torch.compile(self.loss, fullgraph=True, dynamic=False)
        self.graph = None
        if how != "eager":
            self._capture()

    def _initial(self, folder):
        """The weights to start from, in the order of loss_function."""
        units = [self.case.inputs, self.case.hidden1, self.case.hidden2, 1]
        shapes = list(zip(units, units[1:]))
        sizes = [a * b for a, b in shapes] + units[1:]
        parts = floats(f"{folder}/{self.case.name}-weights", sum(sizes)).split(sizes)
        kernels = [part.view(shape) for part, shape in zip(parts, shapes)]
        return [part.clone().to(self.device) for part in kernels + list(parts[3:])]

    def _capture(self):
        """Captures a step that takes its batch's row numbers from self.order and counts in self.position."""
        case = self.case
        self.order = torch.arange(case.rows, device=self.device).view(case.steps, case.batch)
        self.position = torch.zeros(1, dtype=torch.int64, device=self.device)
        self.losses = torch.zeros(case.steps, device=self.device)
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(WARM_UP_STEPS):
                self.position.zero_()
                self._counted_step()
        torch.cuda.current_stream().wait_stream(side)
        torch.cuda.synchronize()
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self._counted_step()

    def _counted_step(self):
        rows = self.order.index_select(0, self.position).view(-1)
        loss = self._step(rows)
        self.losses.index_copy_(0, self.position, loss.view(1))
        self.position.add_(1)

    def _step(self, rows):
        inputs = self.x.index_select(0, rows)
        targets = self.y.index_select(0, rows)
        loss = self.loss(inputs, targets, *self.parameters)
        loss.backward()
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        return loss.detach()

    def restart(self):
        """Goes back to the initial weights, in place, where a captured graph looks for them."""
        with torch.no_grad():
            for parameter, start in zip(self.parameters, self.initial):
                parameter.copy_(start)
            for state in self.adam.state.values():
                for value in state.values():
                    value.zero_()

    def epoch(self, order):
        """The losses of an epoch's steps; order is [steps, batch]."""
        if self.graph is None:
            return torch.stack([self._step(rows) for rows in order]).tolist()
        self.order.copy_(order)
        self.position.zero_()
        for _ in range(self.case.steps):
            self.graph.replay()
        return self.losses.tolist()

    def first_losses(self, steps):
        """The losses of the first steps on rows in order, over and over."""
        self.restart()
        order = torch.arange(self.case.rows, device=self.device).view(self.case.steps, self.case.batch)
        losses = []
        while len(losses) < steps:
            losses += self.epoch(order)
        return losses[:steps]

    def seconds(self, epochs):
        """How long each of so many epochs takes, after one more."""
        self.restart()
        taken = []
        for _ in range(epochs + 1):
            start = time.perf_counter()
            order = torch.randperm(self.case.rows, device=self.device)
            losses = self.epoch(order.view(self.case.steps, self.case.batch))
            taken.append(time.perf_counter() - start)
            if not all(math.isfinite(loss) for loss in losses):
                raise ArithmeticError("the losses are no longer finite")
        return taken[1:]


class Peer:
    """Answers commands."""

    def __init__(self, folder, device):
        self.folder = folder
        self.device = device
        with open(f"{folder}/cases.txt") as file:
            self.cases = {case.name: case for case in map(Case, file)}
        self.runs = {}

    def answer(self, command):
        words = command.split()
        if words == ["forget"]:
            self.runs.clear()
            gc.collect()
            if self.device.type == "cuda":
                torch.cuda.empty_cache()
            return "forgotten"
        verb, name, way, count = words
        if (name, way) not in self.runs:
            self.runs[name, way] = Run(self.cases[name], way, self.folder, self.device)
        run = self.runs[name, way]
        if verb == "losses":
            return " ".join(["losses"] + [repr(loss) for loss in run.first_losses(int(count))])
        if verb == "time":
            return " ".join(["seconds"] + [repr(second) for second in run.seconds(int(count))])
        raise ValueError(f"no command is called {verb}")


def one_line(text):
    """The first line with anything in it."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return lines[0][:300] if lines else "no message"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("precision", choices=["float32", "tf32"])
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda")
    options = parser.parse_args()
    if options.device == "cuda" and not torch.cuda.is_available():
        print(f"absent PyTorch {torch.__version__} sees no CUDA device", flush=True)
        return
    torch.set_float32_matmul_precision("high" if options.precision == "tf32" else "highest")
    peer = Peer(options.folder, torch.device(options.device))
    where = torch.cuda.get_device_name() if options.device == "cuda" else "the CPU"
    print(f"ready PyTorch {torch.__version__} on {where}", flush=True)
    for command in sys.stdin:
        try:
            answer = peer.answer(command)
        except Absent as e:
            answer = f"absent {e}"
        except Exception as e:  # whatever PyTorch and its compiler throw: the driver says it in the table
            print(f"{command.strip()}: {type(e).__name__}: {e}", file=sys.stderr, flush=True)
            answer = f"failed {type(e).__name__}: {one_line(e)}"
        print(answer, flush=True)


if __name__ == "__main__":
    main()

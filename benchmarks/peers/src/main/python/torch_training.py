"""Times training steps of PyTorch in Python and prints one line, as PeerMain.java does.

    python3 torch_training.py FOLDER CASE FEATURES HIDDEN1 HIDDEN2 BATCH THREADS WARM_UP SECONDS

The folder holds what ReferenceMain.java wrote: CASE-x, CASE-y, CASE-weights, CASE-order as
float32, and CASE-subgradient.txt, the losses that the first steps must have.
"""

import sys
import time

import torch

STEPS_OF_A_RUN = 2048
LOSS_TOLERANCE = 1e-3

folder, case = sys.argv[1:3]
features, hidden1, hidden2, batch, threads = map(int, sys.argv[3:8])
warm_up, seconds = map(float, sys.argv[8:])
torch.set_num_threads(threads)


def array(name):
    with open(f"{folder}/{case}-{name}", "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.float32)


x = array("x").view(-1, features)
y = array("y").view(-1, 1)
initial = array("weights")
order = array("order").long()
with open(f"{folder}/{case}-subgradient.txt") as file:
    expected = [float(line) for line in file]


class Run:
    """A training from the initial weights."""

    def __init__(self):
        units = [features, hidden1, hidden2, 1]
        sizes = [a * b for a, b in zip(units, units[1:])] + units[1:]
        parts = [p.clone() for p in initial.split(sizes)]
        self.w = [p.view(a, b) for p, a, b in zip(parts, units, units[1:])]
        self.b = parts[3:]
        parameters = self.w + self.b
        for p in parameters:
            p.requires_grad_(True)
        # Its epsilon is added to the corrected root, Keras's to the uncorrected one, which moves
        # the first losses by 1e-4 of their value; foreach is the faster of its ways.
        self.adam = torch.optim.Adam(
            parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-7, foreach=True
        )

    def step(self, rows):
        inputs = x.index_select(0, rows)
        targets = y.index_select(0, rows)
        h1 = torch.relu(torch.addmm(self.b[0], inputs, self.w[0]))
        h2 = torch.relu(torch.addmm(self.b[1], h1, self.w[1]))
        z = torch.addmm(self.b[2], h2, self.w[2])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(z, targets)
        loss = loss + 0.001 * (self.w[0].abs().sum() + self.w[1].abs().sum())
        self.adam.zero_grad(set_to_none=True)
        loss.backward()
        self.adam.step()
        return loss.item()


def shuffled():
    """Batches of row numbers for ever."""
    while True:
        yield from torch.randperm(x.size(0)).split(batch)


def deviation():
    """The largest relative deviation of the first losses; ends the program if it is too large."""
    run = Run()
    batches = order.split(batch)
    worst = 0.0
    for i, loss in enumerate(expected):
        found = run.step(batches[i % len(batches)])
        worst = max(worst, abs(found - loss) / abs(loss))
        if not worst <= LOSS_TOLERANCE:
            print(f"wrong,the loss of step {i + 1} is {found}, not {loss} as the reference has it")
            sys.exit(0)
    return worst


def observe(least_seconds, least_steps):
    """The seconds of each step."""
    times = []
    batches = shuffled()
    total = 0.0
    while total < least_seconds or len(times) < least_steps:
        run = Run()
        last = time.perf_counter()
        for _ in range(STEPS_OF_A_RUN):
            run.step(next(batches))
            now = time.perf_counter()
            times.append(now - last)
            total += now - last
            last = now
            if total >= least_seconds and len(times) >= least_steps:
                break
    return times


worst = deviation()
observe(warm_up, 5)
micros = sorted(1e6 * t for t in observe(seconds, 9))


def quantile(share):
    return micros[round(share * (len(micros) - 1))]


mean = sum(micros) / len(micros)
print(
    f"result,python,{case},{threads},{quantile(0.5):.3f},{quantile(0.1):.3f},{quantile(0.9):.3f},"
    f"{mean:.3f},{len(micros)},{worst:.2g},NaN,NaN,PyTorch {torch.__version__}"
)

"""Writes the TorchScript module that TorchScriptTraining.java and TorchScriptPrediction.java run.

    python3 torchscript_module.py FILE

One module for all cases: sizes come with the weights. Parameters, gradients and Adam's state are
one block each, so that the update is one call.
"""

import sys
from typing import List

import torch
from torch import Tensor


class Network(torch.nn.Module):
    # For the fused Adam, which takes lists.
    blocks: List[Tensor]
    gradients: List[Tensor]
    means: List[Tensor]
    variances: List[Tensor]
    no_maxima: List[Tensor]
    state_steps: List[Tensor]

    def __init__(self):
        super().__init__()
        empty = torch.zeros(0)
        self.x = empty
        self.y = empty
        self.w1 = empty
        self.w2 = empty
        self.w3 = empty
        self.b1 = empty
        self.b2 = empty
        self.b3 = empty
        self.g1 = empty
        self.g2 = empty
        self.g3 = empty
        self.gb1 = empty
        self.gb2 = empty
        self.gb3 = empty
        self.kernels = empty
        self.kernel_gradients = empty
        self.steps = 0
        self.blocks = []
        self.gradients = []
        self.means = []
        self.variances = []
        self.no_maxima = []
        self.state_steps = []

    @torch.jit.export
    def load(self, x: Tensor, y: Tensor):
        self.x = x
        self.y = y

    @torch.jit.export
    def restart(self, w1: Tensor, w2: Tensor, w3: Tensor, b1: Tensor, b2: Tensor, b3: Tensor):
        all = torch.cat([w1.flatten(), w2.flatten(), w3.flatten(), b1, b2, b3])
        # Rows of one block: the compiler would take three calls of zeros_like for one and the same.
        zeros = torch.zeros(3, all.numel())
        gradients = zeros[0]
        sizes = [w1.numel(), w2.numel(), w3.numel(), b1.numel(), b2.numel(), b3.numel()]
        v = all.split(sizes)
        g = gradients.split(sizes)
        self.w1, self.g1 = v[0].view_as(w1), g[0].view_as(w1)
        self.w2, self.g2 = v[1].view_as(w2), g[1].view_as(w2)
        self.w3, self.g3 = v[2].view_as(w3), g[2].view_as(w3)
        self.b1, self.gb1 = v[3], g[3]
        self.b2, self.gb2 = v[4], g[4]
        self.b3, self.gb3 = v[5], g[5]
        penalized = sizes[0] + sizes[1]
        self.kernels = all[:penalized]
        self.kernel_gradients = gradients[:penalized]
        self.blocks = [all]
        self.gradients = [gradients]
        self.means = [zeros[1]]
        self.variances = [zeros[2]]
        self.state_steps = [torch.zeros(())]
        self.steps = 0

    @torch.jit.export
    def step(self, rows: Tensor) -> float:
        x = self.x.index_select(0, rows)
        y = self.y.index_select(0, rows)
        h1 = torch.addmm(self.b1, x, self.w1).relu_()
        h2 = torch.addmm(self.b2, h1, self.w2).relu_()
        z = torch.addmm(self.b3, h2, self.w3)
        data_loss = torch.binary_cross_entropy_with_logits(z, y)
        # norm(1) is quicker, and of six million weights wrong by 2e-3.
        penalty = 0.001 * self.kernels.abs().sum()

        d3 = z.sigmoid().sub_(y).mul_(1.0 / rows.size(0))
        d2 = torch.ops.aten.threshold_backward(torch.mm(d3, self.w3.t()), h2, 0)
        d1 = torch.ops.aten.threshold_backward(torch.mm(d2, self.w2.t()), h1, 0)
        torch.mm(x.t(), d1, out=self.g1)
        torch.mm(h1.t(), d2, out=self.g2)
        torch.mm(h2.t(), d3, out=self.g3)
        torch.sum(d1, [0], out=self.gb1)
        torch.sum(d2, [0], out=self.gb2)
        torch.sum(d3, [0], out=self.gb3)
        self.kernel_gradients.add_(self.kernels.sign(), alpha=0.001)

        # PyTorch adds epsilon to the corrected root, Keras to the uncorrected one.
        self.steps += 1
        epsilon = 1e-7 / (1 - 0.999**self.steps) ** 0.5
        self.state_steps[0].add_(1)
        torch._fused_adam_(
            self.blocks,
            self.gradients,
            self.means,
            self.variances,
            self.no_maxima,
            self.state_steps,
            lr=0.001,
            beta1=0.9,
            beta2=0.999,
            weight_decay=0.0,
            eps=epsilon,
            amsgrad=False,
            maximize=False,
        )
        return float(data_loss + penalty)

    def forward(self, x: Tensor) -> Tensor:
        h1 = torch.addmm(self.b1, x, self.w1).relu_()
        h2 = torch.addmm(self.b2, h1, self.w2).relu_()
        return torch.addmm(self.b3, h2, self.w3).sigmoid_()


if __name__ == "__main__":
    torch.jit.script(Network().eval()).save(sys.argv[1])

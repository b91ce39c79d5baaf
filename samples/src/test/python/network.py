"""Networks as plain calls of PyTorch, with the names that Espalier gives to parameters."""

import numpy as np
import torch
import torch.nn.functional as F

from masks import Draws, realized, scale, threshold

ROLES = {"weight": "weight", "bias": "bias", "scale": "norm", "shift": "norm"}


class Network:
    """The parameters of a network and one pass through it.

    A model is a function of a network and an input, which calls the operations in their order. Parameters are drawn in the first
    pass, where the operation first needs them.
    """

    def __init__(self, model, random, dtype, seed):
        self.model = model
        self.random = random
        self.dtype = dtype
        self.seed = seed
        self.parameters = {}
        self.running = {}
        self.training = True
        self.step = 0
        self.stream = 0
        self.nearest_kink = float("inf")

    def __call__(self, x):
        self.draws = Draws(self.seed, self.step)
        self.stream = 0
        return self.model(self, x)

    # Parameters.

    def role(self, name):
        return ROLES[name.rpartition(".")[2]]

    def tensor(self, values):
        """Numbers that float32 holds exactly."""
        return torch.tensor(np.asarray(values, dtype=np.float32), dtype=self.dtype)

    def parameter(self, name, draw):
        if name not in self.parameters:
            self.parameters[name] = self.tensor(draw()).requires_grad_()
        return self.parameters[name]

    def statistic(self, name, draw):
        if name not in self.running:
            self.running[name] = self.tensor(draw())
        return self.running[name]

    def weight(self, name, out, size):
        return self.parameter(name, lambda: self.random.uniform(-1, 1, (out, size)) * np.sqrt(3 / size))

    def around(self, name, mean, size):
        return self.parameter(name, lambda: mean + 0.3 * self.random.standard_normal(size))

    def all_values(self):
        return {name: value.detach().numpy().copy() for name, value in {**self.parameters, **self.running}.items()}

    # Operations.

    def dense(self, stage, x, units, bias=True, drop_connect=0):
        weight = self.weight(stage + ".dense.weight", units, x.shape[-1])
        shift = self.around(stage + ".dense.bias", 0, units) if bias else None
        if drop_connect and self.training:
            weight = weight * self.factors(x.shape[-1], units, drop_connect).T
        return F.linear(x, weight, shift)

    def batch_norm(self, stage, x, momentum=0.1, epsilon=1e-5):
        name = stage + ".batchNorm."
        size = x.shape[-1]
        return F.batch_norm(
            x,
            self.statistic(name + "runningMean", lambda: 0.3 * self.random.standard_normal(size)),
            self.statistic(name + "runningVariance", lambda: 1 + self.random.uniform(0, 1, size)),
            self.around(name + "scale", 1, size),
            self.around(name + "shift", 0, size),
            self.training,
            momentum,
            epsilon,
        )

    def layer_norm(self, stage, x, epsilon=1e-5):
        name = stage + ".layerNorm."
        size = x.shape[-1]
        return F.layer_norm(
            x, (size,), self.around(name + "scale", 1, size), self.around(name + "shift", 0, size), epsilon
        )

    def rms_norm(self, stage, x, epsilon=1e-5):
        """Zhang and Sennrich (2019); PyTorch has it from 2.4 on, with this formula."""
        scales = self.around(stage + ".rmsNorm.scale", 1, x.shape[-1])
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * scales

    def bent(self, function, x):
        """An activation with a kink at 0: how near the input comes says whether rounding could take it to the other side."""
        self.nearest_kink = min(self.nearest_kink, x.detach().abs().min().item())
        return function(x)

    def relu(self, x):
        return self.bent(F.relu, x)

    def leaky_relu(self, x, slope=0.01):
        return self.bent(lambda v: F.leaky_relu(v, slope), x)

    def elu(self, x, alpha=1.0):
        return self.bent(lambda v: F.elu(v, alpha), x)

    def selu(self, x):
        return self.bent(F.selu, x)

    def residual(self, stage, x, branch, projection=False, drop_path=None):
        y = branch(x)
        if drop_path is not None:
            stream = self.next_stream()
            if self.training:
                kept = self.draws.rows_kept(stream, x.shape[0], drop_path)
                y = y * torch.tensor(kept * scale(drop_path), dtype=self.dtype)[:, None]
        if projection:
            x = F.linear(x, self.weight(stage + ".shortcut.weight", y.shape[-1], x.shape[-1]))
        return x + y

    # Noise.

    def next_stream(self):
        self.stream += 1
        return self.stream - 1

    def factors(self, rows, width, p):
        kept = self.draws.kept(self.next_stream(), rows, width, p)
        return torch.tensor(kept * scale(p), dtype=self.dtype)

    def dropout(self, x, p):
        if threshold(p) == 0:
            return x
        return x * self.factors(*x.shape, p) if self.training else x

    def alpha_dropout(self, x, p):
        """PyTorch's takes no mask: see check_alpha_dropout."""
        if not self.training:
            return x
        kept = torch.tensor(self.draws.kept(self.next_stream(), *x.shape, p), dtype=self.dtype)
        p, limit = realized(p), -1.0507009873554805 * 1.6732632423543772
        a = ((1 - p) * (1 + p * limit**2)) ** -0.5
        return a * (x * kept + limit * (1 - kept)) - a * limit * p

    def gaussian_dropout(self, x, p):
        return x * (1 + (p / (1 - p)) ** 0.5 * self.normals(x)) if self.training else x

    def gaussian_noise(self, x, deviation):
        return x + deviation * self.normals(x) if self.training else x

    def normals(self, x):
        return torch.tensor(self.draws.normals(self.next_stream(), *x.shape), dtype=self.dtype)


def check_alpha_dropout():
    """Of one number, PyTorch's alpha dropout makes the same two as that of this file."""
    network = Network(None, None, torch.float64, seed=1)
    network.draws = Draws(1, 0)
    number = torch.full((100, 64), 0.7, dtype=torch.float64)
    pytorch = F.alpha_dropout(number, realized(0.2), training=True).unique()
    assert torch.allclose(network.alpha_dropout(number, 0.2).unique(), pytorch, rtol=1e-14), "alpha dropout differs"

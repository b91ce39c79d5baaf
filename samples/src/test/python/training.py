"""Ten training steps of a network with PyTorch's losses, optimizers and clipping, and what comes out of them."""

import zlib
from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np
import torch
import torch.nn.functional as F

from network import Network

SEED = 0x1234_5678_9ABC_DEF0  # of every training; both halves of it are a key of the random numbers
STEPS = 10
ROWS = 18  # more than a slice of 16, no multiple of it
SMALLEST_KINK = 1e-5  # inputs of a kinked activation that come nearer to 0 than rounding is drawn anew


@dataclass
class Case:
    """A network, how it is trained, and on what."""

    name: str
    model: Callable
    inputs: int = 5
    batches: int = 1
    rows: int = ROWS
    targets: str = "labels"  # or softTargets, independentLabels, targetValues
    shares: int = 1  # into which independent labels between 0 and 1 are divided
    smoothing: float = 0.0
    class_weights: Optional[list] = None
    optimizer: str = "sgd"  # or adamw, adam, rmsprop
    settings: Optional[dict] = None  # as PyTorch's optimizer calls them; otherwise SGD has a momentum of 0.9
    rate: float = 0.05
    decay: float = 0.0
    exclude: tuple = ("bias", "norm")
    l1: float = 0.0
    l2: float = 0.0
    max_norm: Optional[float] = None
    clip_norm: Optional[float] = None
    gradients: bool = True  # whether those of the first step are written


def loss_of(case, outputs, targets):
    if case.targets in ("labels", "softTargets"):
        weight = None if case.class_weights is None else torch.tensor(case.class_weights, dtype=outputs.dtype)
        return F.cross_entropy(outputs, targets, weight=weight, label_smoothing=case.smoothing)
    if case.targets == "independentLabels":
        return F.binary_cross_entropy_with_logits(outputs, targets)
    return F.mse_loss(outputs, targets)


class Optimizer:
    """PyTorch's, with the penalties that it does not have around it."""

    def __init__(self, case, network):
        self.case = case
        self.parameters = network.parameters
        self.decayed = [p for name, p in self.parameters.items() if network.role(name) not in case.exclude]
        self.others = [p for name, p in self.parameters.items() if network.role(name) in case.exclude]
        self.weights = [p for name, p in self.parameters.items() if network.role(name) == "weight"]
        self.clipped = self.limited = False
        self.rest = [p for name, p in self.parameters.items() if network.role(name) != "weight"]
        if case.optimizer == "adamw":
            groups = [(self.decayed, case.decay), (self.others, 0)]
        else:
            groups = [(self.weights, case.l2), (self.rest, 0)]
        kind = {"sgd": torch.optim.SGD, "adamw": torch.optim.AdamW, "adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}
        settings = case.settings
        if settings is None:
            settings = {"momentum": 0.9} if case.optimizer == "sgd" else {}
        self.torch = kind[case.optimizer](
            [{"params": params, "weight_decay": decay} for params, decay in groups if params], lr=case.rate, **settings
        )

    def zero(self):
        self.torch.zero_grad(set_to_none=True)

    def step(self):
        case = self.case
        if case.clip_norm is not None:
            # It divides by the norm + 1e-6, Espalier by the norm: far below rounding for weights, at norms of 0.1 and more.
            norm = torch.nn.utils.clip_grad_norm_(self.parameters.values(), case.clip_norm)
            self.clipped |= norm.item() > case.clip_norm
        with torch.no_grad():
            before = [p.clone() for p in self.decayed]
            self.torch.step()
            if case.optimizer != "adamw":  # decay of the weights at which the gradient was taken, an L2 penalty's included
                for p, old in zip(self.decayed, before):
                    p.sub_(case.rate * case.decay * old)
            if case.l1:
                for p in self.weights:  # the proximal step of rate * l1 * |w|: Parikh and Boyd (2014), section 6.5.2
                    p.copy_(F.softshrink(p, case.rate * case.l1))
            if case.max_norm is not None:
                for p in self.weights:
                    self.limited |= (p.norm(dim=1) > case.max_norm).any().item()
                    p.copy_(torch.renorm(p, 2, 0, case.max_norm))

    def check_effect(self):
        """A penalty that did nothing would prove nothing."""
        case = self.case
        assert not case.l1 or any((p == 0).any() for p in self.weights), case.name + ": no weight is 0"
        assert case.max_norm is None or self.limited, case.name + ": no norm is limited"
        assert case.clip_norm is None or self.clipped != ("Unreached" in case.name), case.name + ": clipped or not"


def draw_targets(case, random, outputs):
    shape = (case.batches, case.rows)
    if case.targets == "labels":
        return random.randint(0, outputs, shape)
    shape += (outputs,)
    if case.targets == "softTargets":  # sixteenths, so that a row sums to 1 exactly
        return random.multinomial(16, [1 / outputs] * outputs, shape[:2]) / 16
    if case.targets == "independentLabels":
        return random.randint(0, case.shares + 1, shape) / case.shares
    return random.standard_normal(shape)


def run(case, dtype=torch.float64):
    """What both sides start from, and what comes out: arrays by name."""
    for attempt in range(100):
        values, nearest_kink = train(case, dtype, np.random.RandomState([zlib.crc32(case.name.encode()), attempt]))
        if nearest_kink > SMALLEST_KINK:
            return values
    raise ValueError(f"{case.name}: rounding decides the side of a kink in every draw")


def train(case, dtype, random):
    network = Network(case.model, random, dtype, SEED)
    inputs = network.tensor(random.standard_normal((case.batches, case.rows, case.inputs)))
    network.training = False
    with torch.no_grad():
        outputs = network(inputs[0]).shape[-1]
    network.training = True
    targets = draw_targets(case, random, outputs)
    values = {"rate": case.rate, "inputs": inputs.numpy(), case.targets: targets}
    if case.class_weights is not None:
        values["classWeights"] = case.class_weights
    values.update({"initial/" + name: value for name, value in network.all_values().items()})
    targets = torch.tensor(targets) if case.targets == "labels" else network.tensor(targets)

    optimizer = Optimizer(case, network)
    losses = []
    for step in range(STEPS):
        network.step = step
        optimizer.zero()
        given = network(inputs[step % case.batches])
        loss = loss_of(case, given, targets[step % case.batches])
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            values["outputs"] = given.detach().numpy().copy()
            for name, parameter in network.parameters.items() if case.gradients else ():
                values["gradient/" + name] = parameter.grad.numpy().copy()
        optimizer.step()
    optimizer.check_effect()
    values["losses"] = losses
    values.update({"final/" + name: value for name, value in network.all_values().items()})
    network.training = False
    with torch.no_grad():
        values["predicted"] = network(inputs[0]).numpy()
    return values, network.nearest_kink

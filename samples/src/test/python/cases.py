"""The networks whose values are written: each is a model class of the same name on the other side."""

import torch
import torch.nn.functional as F

from training import Case


def between(operation, width=17, **settings):
    """An operation with a dense stage before and after it, so that it has a gradient on both sides."""

    def model(net, x):
        return net.dense("logits", operation(net, net.dense("hidden", x, width)), 3)

    return dict(model=model, **settings)


def function(apply):
    return between(lambda net, x: apply(x))


# Operations.


def batch_norm_settings(net, x):
    x = net.batch_norm("hidden", net.dense("hidden", x, 17), momentum=0.3, epsilon=1e-3)
    return net.dense("logits", x, 3)


def batch_norm(net, x):
    x = net.batch_norm("hidden", net.dense("hidden", x, 17, bias=False))
    return net.dense("logits", x, 3)


def dense_without_bias(net, x):
    return net.dense("logits", net.dense("hidden", x, 17, bias=False), 3)


def layer_norm_of_input(net, x):
    return net.dense("logits", net.layer_norm("input", x, epsilon=1e-2), 3)


def rms_norm_of_input(net, x):
    return net.dense("logits", net.rms_norm("input", x, epsilon=1e-2), 3)


def residual(net, x):
    x = net.dense("hidden", x, 17)
    x = net.residual("branch", x, lambda v: torch.tanh(net.dense("branch", v, 17)))
    return net.dense("logits", x, 3)


def projection(net, x):
    x = net.residual("wider", x, lambda v: torch.tanh(net.dense("wider", v, 17)), projection=True)
    x = net.residual("same", x, lambda v: F.gelu(net.dense("same", v, 17)), projection=True)
    return net.dense("logits", x, 3)


def tanh_branch(net, stage, x, rate=None):
    return net.residual(stage, x, lambda v: torch.tanh(net.dense(stage, v, v.shape[-1])), drop_path=rate)


def repeat(net, x):
    for i in range(3):
        x = tanh_branch(net, f"again.{i}", x)
    return net.dense("logits", x, 3)


def mixer(net, stage, x):
    """A block: twice as wide, and back."""
    y = F.gelu(net.dense(stage + ".expand", net.layer_norm(stage + ".expand", x), 2 * x.shape[-1]))
    return net.dense(stage + ".project", y, x.shape[-1])


def block(net, x):
    x = net.residual("first", x, lambda v: mixer(net, "first", v))
    for i in range(2):
        x = net.residual(f"others.{i}", x, lambda v: mixer(net, f"others.{i}", v))
    return net.dense("logits", x, 3)


OPERATIONS = [
    Case("dense", lambda net, x: net.dense("logits", x, 3)),
    Case("denseWithoutBias", dense_without_bias),
    Case("batchNorm", batch_norm),
    Case("batchNormSettings", batch_norm_settings),
    Case("layerNorm", **between(lambda net, x: net.layer_norm("hidden", x))),
    Case("layerNormOfInput", layer_norm_of_input),
    Case("rmsNorm", **between(lambda net, x: net.rms_norm("hidden", x))),
    Case("rmsNormOfInput", rms_norm_of_input),
    Case("relu", **between(lambda net, x: net.relu(x))),
    Case("leakyRelu", **between(lambda net, x: net.leaky_relu(x))),
    Case("leakyReluSlope", **between(lambda net, x: net.leaky_relu(x, 0.3))),
    Case("elu", **between(lambda net, x: net.elu(x))),
    Case("eluAlpha", **between(lambda net, x: net.elu(x, 0.6))),
    Case("selu", **between(lambda net, x: net.selu(x))),
    Case("gelu", **function(F.gelu)),
    Case("silu", **function(F.silu)),
    Case("tanh", **function(torch.tanh)),
    Case("sigmoid", **function(torch.sigmoid)),
    Case("softmax", **function(lambda x: torch.softmax(x, -1))),
    Case("flatten", lambda net, x: net.dense("logits", x, 3), inputs=12),
    Case("residual", residual),
    Case("projection", projection),
    Case("repeat", repeat),
    Case("block", block),
]


# Noise.


def drop_path_linear(net, x):
    """Rates that rise with the branch, from 0 to 0.5."""
    x = tanh_branch(net, "first", x, 0.0)
    for i in range(3):
        x = tanh_branch(net, f"others.{i}", x, 0.5 * (i + 1) / 4)
    x = tanh_branch(net, "last", x, 0.5)
    return net.dense("logits", x, 3)


def drop_path_constant(net, x):
    """One rate, and a branch with a rate of its own."""
    x = tanh_branch(net, "first", x, 0.2)
    x = tanh_branch(net, "own", x, 0.6)
    x = tanh_branch(net, "last", x, 0.2)
    return net.dense("logits", x, 3)


def dropout_in_repeats(net, x):
    for i in range(3):
        x = net.residual(
            f"again.{i}", x, lambda v: net.dropout(torch.tanh(net.dense(f"again.{i}", v, 5)), 0.25), drop_path=0.2
        )
    return net.dense("logits", net.dropout(x, 0.1), 3)


def wide_dropout(net, x):
    """Wider than a word of a mask has bits."""
    return net.dense("logits", net.dropout(net.dense("hidden", x, 70), 0.3), 3)


def drop_connect(net, x):
    """Of weights wider than a word of a mask has bits, and of those of the last stage."""
    x = torch.tanh(net.dense("hidden", x, 70, drop_connect=0.4))
    return net.dense("logits", x, 3, drop_connect=0.2)


NOISES = [
    Case("dropout", wide_dropout),
    Case("dropoutInRepeats", dropout_in_repeats),
    Case("dropPathLinear", drop_path_linear),
    Case("dropPathConstant", drop_path_constant),
    Case("dropConnect", drop_connect),
    Case("alphaDropout", **between(lambda net, x: net.alpha_dropout(net.selu(x), 0.2))),
    Case("gaussianDropout", **between(lambda net, x: net.gaussian_dropout(x, 0.3), width=70)),
    Case("gaussianNoise", **between(lambda net, x: net.gaussian_noise(x, 0.5))),
]


# Losses.

SMALL = between(lambda net, x: torch.tanh(x), width=6)
WEIGHTS = [0.5, 2.0, 1.25]

LOSSES = [
    Case("crossEntropy", **SMALL),
    Case("crossEntropySoft", **SMALL, targets="softTargets"),
    Case("crossEntropySmoothed", **SMALL, smoothing=0.1),
    Case("crossEntropySoftSmoothed", **SMALL, targets="softTargets", smoothing=0.2),
    Case("classWeights", **SMALL, class_weights=WEIGHTS),
    Case("classWeightsSoft", **SMALL, targets="softTargets", class_weights=WEIGHTS),
    Case("classWeightsSmoothed", **SMALL, smoothing=0.1, class_weights=WEIGHTS),
    Case("classWeightsSoftSmoothed", **SMALL, targets="softTargets", smoothing=0.2, class_weights=WEIGHTS),
    Case("binaryCrossEntropy", **SMALL, targets="independentLabels"),
    Case("binaryCrossEntropyOfShares", **SMALL, targets="independentLabels", shares=4),
    Case("meanSquaredError", **SMALL, targets="targetValues"),
]


# Optimizers and penalties.

NORMED = between(lambda net, x: torch.tanh(net.layer_norm("hidden", x)), gradients=False)
PLAIN = {}
NESTEROV = dict(momentum=0.9, nesterov=True)

OPTIMIZERS = [
    Case("sgd", **NORMED, settings=PLAIN, rate=0.1),
    Case("sgdMomentum", **NORMED),
    Case("sgdNesterov", **NORMED, settings=NESTEROV),
    Case("sgdDecay", **NORMED, settings=NESTEROV, decay=0.2),
    Case("adamW", **NORMED, optimizer="adamw", rate=0.01, decay=0.01),
    Case("adamWSettings", **NORMED, optimizer="adamw", rate=0.02, settings=dict(betas=(0.8, 0.95), eps=1e-4), decay=0.3),
    Case("adamWDecayOfAll", **NORMED, optimizer="adamw", rate=0.01, decay=0.5, exclude=()),
    Case("adamWDecayButBias", **NORMED, optimizer="adamw", rate=0.01, decay=0.5, exclude=("bias",)),
    Case("adamWDecayButNorm", **NORMED, optimizer="adamw", rate=0.01, decay=0.5, exclude=("norm",)),
    Case("adam", **NORMED, optimizer="adam", rate=0.01),
    Case("adamDecay", **NORMED, optimizer="adam", rate=0.01, decay=0.5),
    Case("adamL2", **NORMED, optimizer="adam", rate=0.01, l2=0.1),
    Case("rmsProp", **NORMED, optimizer="rmsprop", rate=0.01),
    Case("rmsPropMomentum", **NORMED, optimizer="rmsprop", rate=0.005, settings=dict(alpha=0.9, eps=1e-3, momentum=0.8)),
    Case("rmsPropDecay", **NORMED, optimizer="rmsprop", rate=0.01, decay=0.5, l2=0.05),
    Case("l1", **NORMED, l1=0.2),
    Case("l1Adam", **NORMED, optimizer="adam", rate=0.01, l1=0.5),
    Case("l2", **NORMED, l2=0.1),
    Case("maxNorm", **NORMED, max_norm=0.8),
    Case("clipNorm", **NORMED, clip_norm=0.1),
    Case("clipNormUnreached", **NORMED, settings=PLAIN, clip_norm=100.0),
    Case("allPenalties", **NORMED, settings=NESTEROV, decay=0.1, l1=0.1, l2=0.05, max_norm=0.5, clip_norm=0.2),
]


# Whole networks, everything on.


def classifier(net, x):
    """The lesson's network, smaller."""
    for stage, units in ("first", 24), ("second", 24), ("third", 16):
        x = net.dropout(F.gelu(net.layer_norm(stage, net.dense(stage, x, units))), 0.3)
    return net.dense("logits", x, 4)


def bottleneck(net, stage, x):
    y = net.dense(stage + ".shrink", net.relu(net.batch_norm(stage + ".shrink", x)), 10, bias=False)
    return net.dropout(net.dense(stage + ".grow", net.relu(net.batch_norm(stage + ".grow", y)), x.shape[-1]), 0.1)


def residual_net(net, x):
    x = net.relu(net.batch_norm("stem", net.dense("stem", x, 20, bias=False)))
    for i in range(3):
        x = net.residual(f"blocks.{i}", x, lambda v: bottleneck(net, f"blocks.{i}", v), drop_path=0.3 * i / 3)
    x = net.residual(
        "narrower", x, lambda v: torch.tanh(net.dense("narrower", v, 12)), projection=True, drop_path=0.3
    )
    return net.dense("logits", net.relu(net.batch_norm("logits", x)), 4)


def regression(net, x):
    x = net.elu(net.rms_norm("first", net.dense("first", x, 20)))
    for i in range(2):
        x = net.residual(
            f"again.{i}", x, lambda v: net.dropout(F.silu(net.dense(f"again.{i}", net.rms_norm(f"again.{i}", v), 20)), 0.2)
        )
    return net.dense("values", x, 2)


NETWORKS = [
    Case("classifier", classifier, inputs=12, batches=2, rows=40, smoothing=0.1, optimizer="adamw", rate=0.005, decay=0.05,
         clip_norm=1.0),
    Case("residualNet", residual_net, inputs=12, batches=2, rows=40, settings=NESTEROV, rate=0.02, decay=0.05, l1=0.01,
         clip_norm=0.25),
    Case("regression", regression, inputs=8, batches=2, rows=40, targets="targetValues", optimizer="rmsprop", rate=0.002,
         settings=dict(momentum=0.9, eps=1e-3), decay=0.1, max_norm=1.2, clip_norm=1.0),
]

GROUPS = {
    "operations": OPERATIONS,
    "noises": NOISES,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "networks": NETWORKS,
}

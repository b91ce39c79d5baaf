#!/usr/bin/env python3
"""Writes the values that PyTorch gives for the networks of the package io.espalier.samples.pytorch.

    python3 samples/src/test/python/expected_values.py

needs PyTorch and NumPy (`pip install torch`, or Debian's python3-torch) and takes a few seconds. It writes
samples/src/test/resources/pytorch/*.safetensors, which the tests read, so that these need no Python. Everything is computed
in double precision from numbers that float32 holds exactly, and rounded to float32 once. With `--rounding` nothing is
written: it prints how far PyTorch's own float32 is from its double precision, which is what the tests' tolerances come from.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import cases
import masks
from network import check_alpha_dropout
from training import SEED, run

RESULTS = Path(__file__).resolve().parent.parent / "resources" / "pytorch"


def write(path, tensors, metadata):
    """The safetensors format: the length of a header in JSON, the header, the values, all little-endian."""
    header = {"__metadata__": metadata}
    data = b""
    for name, values in tensors.items():
        values = np.asarray(values, dtype="<f4")
        end = len(data) + values.nbytes
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(data), end]}
        data += values.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def write_all():
    for group, members in cases.GROUPS.items():
        tensors = {}
        for case in members:
            tensors.update({case.name + "/" + name: values for name, values in run(case).items()})
        metadata = {"torch": torch.__version__, "numpy": np.__version__, "seed": str(SEED)}
        path = RESULTS / (group + ".safetensors")
        write(path, tensors, metadata)
        print(f"{path}: {len(members)} networks, {len(tensors)} tensors, {path.stat().st_size} bytes")


def difference(single, double, names):
    """The largest difference, relative to the largest value, as the tests see it."""
    size = {name: np.abs(double[name]).max() for name in names}
    gradients = max([size[name] for name in names if name.startswith("gradient/")], default=0)
    errors = [np.abs(np.asarray(single[name]) - double[name]).max() / max(size[name], 0.1 * gradients) for name in names]
    return max(errors, default=0)


def print_rounding():
    kinds = ["losses", "outputs", "gradient", "final", "predicted"]
    print(f"{'in units of 1e-7':26}" + "".join(f"{kind:>10}" for kind in kinds))
    for members in cases.GROUPS.values():
        for case in members:
            single, double = run(case, torch.float32), run(case)
            names = [[name for name in double if name.split("/")[0] == kind] for kind in kinds]
            worst = [difference(single, double, of_kind) for of_kind in names]
            print(f"{case.name:26}" + "".join(f"{1e7 * value:10.1f}" for value in worst))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounding", action="store_true", help="print what rounding does to PyTorch's own values")
    masks.check_known_answers()
    check_alpha_dropout()
    torch.set_num_threads(1)
    print_rounding() if arguments.parse_args().rounding else write_all()

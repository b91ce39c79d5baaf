#!/usr/bin/env python3
"""Writes a PyTorch state_dict as a safetensors file, and the logits that PyTorch gives, for StateDictTest.

    python3 samples/src/test/python/state_dict.py

needs PyTorch and NumPy, as expected_values.py does. It writes samples/src/test/resources/state_dict/*.safetensors. The state
is written as it is, of several types, with the number of batches that PyTorch's batch norm keeps besides.
"""

import json
from pathlib import Path

import torch
from torch import nn

RESULTS = Path(__file__).resolve().parent.parent / "resources" / "state_dict"
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.int64: "I64"}


def write(path, tensors):
    """The safetensors format: the length of a header in JSON, the header, the values, all little-endian."""
    header = {}
    data = b""
    for name, tensor in tensors.items():
        values = tensor.detach().numpy().tobytes()
        end = len(data) + len(values)
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), end]}
        data += values
    text = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(6, 10, bias=False)
        self.bn1 = nn.BatchNorm1d(10)
        self.fc2 = nn.Linear(10, 8)
        self.norm = nn.LayerNorm(8)
        self.head = nn.Linear(8, 4)

    def forward(self, x):
        x = torch.relu(self.bn1(self.fc1(x)))
        return self.head(nn.functional.gelu(self.norm(self.fc2(x))))


def main():
    torch.manual_seed(1)
    net = Net()
    for _ in range(5):
        net(2 * torch.randn(32, 6) + 1)  # moves the running statistics
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
        net.norm.half().float()  # what float16 holds exactly
    inputs = torch.randn(9, 6)
    logits = net.eval()(inputs)
    state = net.state_dict()
    state["fc2.weight"] = state["fc2.weight"].double()
    state["norm.weight"] = state["norm.weight"].half()
    write(RESULTS / "state_dict.safetensors", state)
    write(RESULTS / "logits.safetensors", {"inputs": inputs, "logits": logits})


main()

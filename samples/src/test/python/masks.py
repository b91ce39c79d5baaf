"""The random factors of a training step, from the layout that the documentation gives, and nothing of Espalier's code.

A draw is a block of Philox4x32-10 (Salmon et al., 2011): the key is the seed, the counter is (position, step, stream,
purpose). Sixteen bits decide whether an element is kept; what is kept is scaled by the probability that they realize.
"""

import numpy as np

MASK = 1  # the purpose of a mask's draws
NORMAL = 6  # and of normal values
LOW = np.uint64(0xFFFFFFFF)


def philox(counter, key):
    """Blocks of four words for counters of four words each, which broadcast; a list of four arrays of uint64."""
    c = list(np.broadcast_arrays(*[np.asarray(word, dtype=np.uint64) for word in counter]))
    k = [int(word) for word in key]
    for _ in range(10):
        first = c[0] * np.uint64(0xD2511F53)
        second = c[2] * np.uint64(0xCD9E8D57)
        c = [
            (second >> np.uint64(32)) ^ c[1] ^ np.uint64(k[0]),
            second & LOW,
            (first >> np.uint64(32)) ^ c[3] ^ np.uint64(k[1]),
            first & LOW,
        ]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def check_known_answers():
    """The vectors that the authors' library, Random123, publishes."""
    pi = [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344]
    answers = [
        ([0] * 4, [0] * 2, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (pi, [0xA4093822, 0x299F31D0], "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ]
    for counter, key, expected in answers:
        found = " ".join("%08x" % int(word) for word in philox(counter, key))
        assert found == expected, f"Philox gives {found} instead of {expected}"


def threshold(p):
    """How many of the 65,536 draws drop."""
    return min(65535, int(np.floor(p * 65536 + 0.5)))


def realized(p):
    """The probability of dropping that the threshold realizes."""
    return threshold(p) / 65536


def scale(p):
    """What kept values are multiplied with."""
    return 1 / (1 - realized(p))


class Draws:
    """The draws of one step under one seed."""

    def __init__(self, seed, step):
        self.key = (seed & 0xFFFFFFFF, seed >> 32)
        self.step = step

    def block(self, position, stream, purpose=MASK):
        return philox((position, self.step, stream, purpose), self.key)

    def kept(self, stream, rows, width, p):
        """Which elements of [rows, width] a mask keeps: element j takes half j/8 mod 8 of block j mod 8 of its word of 64."""
        row = np.arange(rows)[:, None]
        j = np.arange(width)[None, :]
        words = (width + 63) // 64
        block = np.stack(self.block((row * words + j // 64) * 8 + j % 8, stream), axis=-1)
        half = j // 8 % 8
        word = np.take_along_axis(block, np.broadcast_to(half // 2, (rows, width))[..., None], axis=-1)[..., 0]
        draw = (word >> (half % 2 * 16).astype(np.uint64)) & np.uint64(0xFFFF)
        return draw >= threshold(p)

    def rows_kept(self, stream, rows, p):
        """Which rows a drop path keeps."""
        return (self.block(np.arange(rows), stream)[0] & np.uint64(0xFFFF)) >= threshold(p)

    def normals(self, stream, rows, width):
        """Standard normal values, two of two words (Box and Muller, 1958): word i of block j stands at 16·i + j of 64 places."""
        row = np.arange(rows)[:, None]
        j = np.arange(width)[None, :]
        words = (width + 63) // 64
        block = np.stack(self.block((row * words + j // 64) * 16 + j % 16, stream, NORMAL), axis=-1)
        place = np.broadcast_to(j // 16 % 4, (rows, width))
        first = np.take_along_axis(block, (place & 2)[..., None], axis=-1)[..., 0]
        second = np.take_along_axis(block, (place | 1)[..., None], axis=-1)[..., 0]
        radius = np.sqrt(-2 * np.log(((first & np.uint64(0x7FFFFFFF)).astype(float) + 0.5) / 2**31))
        # The lower 31 bits are an angle within an eighth of a turn, the signs of both words turn and mirror the point.
        angle = (second << np.uint64(1)).astype(np.uint32).view(np.int32) / 2**31 * np.pi / 4
        upright = (place % 2 == 0) == (second < 2**31)
        return np.where(first < 2**31, 1, -1) * radius * np.where(upright, np.cos(angle), np.sin(angle))

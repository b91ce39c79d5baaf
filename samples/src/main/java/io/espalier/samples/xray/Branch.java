package io.espalier.samples.xray;

import io.espalier.Layer;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Width;

/**
 * A residual branch that normalizes and activates before it multiplies, so that the shortcut stays the identity (He et al.,
 * "Identity mappings in deep residual networks", 2016). There is no dropout in it: batch norm follows in the next branch, and
 * its statistics would not be those of prediction (Li et al., 2019).
 */
@Block
final class Branch {
    @BatchNorm
    @Relu
    @Dense(Width.SAME)
    Layer first;

    @BatchNorm
    @Relu
    @Dense(Width.BRANCH)
    Layer second;

    private Branch() {}
}

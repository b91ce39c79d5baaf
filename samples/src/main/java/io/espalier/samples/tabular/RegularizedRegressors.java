package io.espalier.samples.tabular;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Loss;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** Networks that give a value, for few features and for many, regularized. */
final class RegularizedRegressors {
    private RegularizedRegressors() {}

    @Network(input = 16, loss = Loss.MEAN_SQUARED_ERROR)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs16 {
        RegularizedBody body;

        @Dense(1)
        Layer value;

        private Inputs16() {}
    }

    @Network(input = 64, loss = Loss.MEAN_SQUARED_ERROR)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs64 {
        RegularizedBody body;

        @Dense(1)
        Layer value;

        private Inputs64() {}
    }

    @Network(input = 256, loss = Loss.MEAN_SQUARED_ERROR)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs256 {
        RegularizedBody body;

        @Dense(1)
        Layer value;

        private Inputs256() {}
    }

    @Network(input = 1024, loss = Loss.MEAN_SQUARED_ERROR)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs1024 {
        RegularizedBody body;

        @Dense(1)
        Layer value;

        private Inputs1024() {}
    }
}

package io.espalier.samples.tabular;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** Networks that tell classes apart, for few features and for many, regularized. */
final class RegularizedClassifiers {
    private RegularizedClassifiers() {}

    @Network(input = 16)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs16 {
        RegularizedBody body;

        @Dense(Tabular.MOST_CLASSES)
        Layer logits;

        private Inputs16() {}
    }

    @Network(input = 64)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs64 {
        RegularizedBody body;

        @Dense(Tabular.MOST_CLASSES)
        Layer logits;

        private Inputs64() {}
    }

    @Network(input = 256)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs256 {
        RegularizedBody body;

        @Dense(Tabular.MOST_CLASSES)
        Layer logits;

        private Inputs256() {}
    }

    @Network(input = 1024)
    @AdamW
    @WeightDecay(0.5)
    static final class Inputs1024 {
        RegularizedBody body;

        @Dense(Tabular.MOST_CLASSES)
        Layer logits;

        private Inputs1024() {}
    }
}

package io.espalier.samples.verification;

import static io.espalier.annotation.Schedule.CONSTANT;

import io.espalier.Layer;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.MonteCarlo;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.Width;

/** Networks that draw Monte-Carlo samples. */
final class MonteCarloModels {
    private MonteCarloModels() {}

    @Network(input = 6)
    @MonteCarlo
    static final class Plain {
        @Dense(20)
        @Tanh
        @Dropout(p = 0.25)
        Layer features;

        @Dense(3)
        Layer logits;
    }

    @Network(input = 6)
    @MonteCarlo
    static final class Connected {
        @Dense(20)
        @DropConnect(p = 0.25)
        @Tanh
        Layer features;

        @Dense(3)
        @DropConnect(p = 0.25)
        Layer logits;
    }

    @Network(input = 6)
    @MonteCarlo
    @DropPath(p = 0.3, schedule = CONSTANT)
    static final class Deep {
        @Dense(20)
        @BatchNorm
        @Relu
        Layer features;

        @Repeat(3)
        Inner inner;

        @LayerNorm
        @Dense(3)
        Layer logits;
    }

    @Block
    @SuppressWarnings("espalier:ConsecutiveDropout")
    static final class Inner {
        @Residual
        @LayerNorm
        @Dense(Width.BRANCH)
        @DropConnect(p = 0.1)
        @Tanh
        @Dropout(p = 0.2)
        @GaussianDropout(p = 0.05)
        @GaussianNoise(deviation = 0.05)
        Layer branch;
    }
}

package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import io.espalier.Layer;
import io.espalier.annotation.Adam;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.L1;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.MaxNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsProp;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.WeightDecay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongFunction;

/** A network for each optimizer, with all that a training keeps from step to step: moments, masks, running statistics. */
@SuppressWarnings("espalier")
final class ResumeModels {
    static final int INPUTS = 12;
    static final int CLASSES = 3;

    private ResumeModels() {}

    private interface Loader {
        CompiledNetwork load(Path file) throws IOException;
    }

    /** The networks by what they are trained with. */
    enum Kind {
        SGD(ResumeModels_PlainNetwork::create, ResumeModels_PlainNetwork::load),
        MOMENTUM(ResumeModels_MomentumNetwork::create, ResumeModels_MomentumNetwork::load),
        ADAM(ResumeModels_PlainAdamNetwork::create, ResumeModels_PlainAdamNetwork::load),
        RMS_PROP(ResumeModels_RootsNetwork::create, ResumeModels_RootsNetwork::load),
        ADAM_W(ResumeModels_AdaptiveNetwork::create, ResumeModels_AdaptiveNetwork::load);

        private final LongFunction<CompiledNetwork> maker;
        private final Loader loader;

        Kind(LongFunction<CompiledNetwork> maker, Loader loader) {
            this.maker = maker;
            this.loader = loader;
        }

        CompiledNetwork load(Path file) throws IOException {
            return loader.load(file);
        }

        CompiledNetwork create(long seed) {
            return maker.apply(seed);
        }
    }

    @Network(input = INPUTS)
    @Sgd(learningRate = 0.05)
    record Plain(
            @Dense(19) @BatchNorm @Relu @Dropout(p = 0.2) Layer hidden,
            @Dense(CLASSES) Layer logits) {}

    @Network(input = INPUTS)
    @Sgd(learningRate = 0.05, momentum = 0.9, nesterov = true)
    @WeightDecay(value = 0.01, exclude = Exclude.NONE)
    @DropPath(p = 0.3)
    record Momentum(
            @Dense(19) @BatchNorm @Relu @Dropout(p = 0.2) Layer hidden,
            @Residual @Dense(19) @Gelu Layer mixing,
            @Dense(CLASSES) Layer logits) {}

    @Network(input = INPUTS)
    @AdamW(learningRate = 0.01)
    @ClipNorm(0.5)
    record Adaptive(
            @Dense(19) @BatchNorm @Relu @Dropout(p = 0.2) Layer hidden,
            @Dense(11) @LayerNorm @Gelu Layer narrower,
            @Dense(CLASSES) Layer logits) {}

    @Network(input = INPUTS)
    @Adam(learningRate = 0.01)
    @MaxNorm(1.5)
    record PlainAdam(
            @Dense(19) @BatchNorm @Relu @Dropout(p = 0.2) Layer hidden,
            @Dense(CLASSES) Layer logits) {}

    @Network(input = INPUTS)
    @RmsProp(learningRate = 0.002, momentum = 0.5)
    @L1(0.001)
    record Roots(
            @Dense(19) @BatchNorm @Relu @Dropout(p = 0.2) Layer hidden,
            @Dense(CLASSES) Layer logits) {}
}

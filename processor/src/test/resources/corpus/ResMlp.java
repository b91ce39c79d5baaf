package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The channels' half of ResMLP with drop path, its affine layers replaced by RMS norm: Touvron et al., ResMLP:
 * feedforward networks for image classification (2021).
 */
@Network(input = {14, 14, 3})
@AdamW(learningRate = 5e-4)
@WeightDecay(0.2)
@LabelSmoothing
@DropPath(p = 0.1)
final class ResMlp {
    @Flatten @Dense(384) Layer patches;
    @Repeat(12) Channels layers;
    @LayerNorm @Dense(1000) Layer logits;

    @Block
    static final class Channels {
        @Residual Mlp mlp;
    }

    @Block
    static final class Mlp {
        @RmsNorm @Dense(times = 4) @Gelu Layer expand;
        @Dense(Width.BRANCH) Layer project;
    }
}

package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** The feed-forward blocks of a language model, with RMS norm and SiLU, without gates: Touvron et al., LLaMA (2023). */
@Network(input = 512)
@AdamW(learningRate = 3e-4, beta2 = 0.95)
@WeightDecay(0.1)
@ClipNorm
final class RmsPreNorm {
    @Repeat(8) @Residual FeedForward blocks;
    @RmsNorm @Dense(value = 1000, bias = Bias.OFF) Layer logits;

    @Block
    static final class FeedForward {
        @RmsNorm @Dense(times = 4, bias = Bias.OFF) @Silu Layer up;
        @Dense(value = Width.BRANCH, bias = Bias.OFF) Layer down;
    }
}

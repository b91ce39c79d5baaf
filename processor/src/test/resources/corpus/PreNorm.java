package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Pre-norm feed-forward blocks as in transformers: Xiong et al., On layer normalization in the transformer
 * architecture (2020).
 */
@Network(input = 256)
@AdamW(learningRate = 3e-4)
@WeightDecay(0.1)
@ClipNorm(1)
@LabelSmoothing(0.1)
final class PreNorm {
    @Dense(384) Layer embedding;
    @Repeat(6) @Residual FeedForward blocks;
    @LayerNorm Layer norm;
    @Dense(100) Layer logits;

    @Block
    static final class FeedForward {
        @LayerNorm @Dense(times = 4) @Gelu @Dropout(p = 0.1) Layer expand;
        @Dense(Width.BRANCH) @Dropout(p = 0.1) Layer project;
    }
}

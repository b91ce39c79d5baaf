package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Post-norm feed-forward blocks, the norm behind the sum: Vaswani et al., Attention is all you need (2017). */
@Network(input = 512)
@Adam(learningRate = 1e-4, beta2 = 0.98, epsilon = 1e-9)
@LabelSmoothing(0.1)
final class PostNorm {
    @Repeat(6) Encoder layers;
    @Dense(1000) Layer logits;

    @Block
    static final class Encoder {
        @Residual FeedForward feedForward;
        @LayerNorm Layer norm;
    }

    @Block
    static final class FeedForward {
        @Dense(2048) @Relu Layer expand;
        @Dense(512) @Dropout(p = 0.1) Layer project;
    }
}

package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** A self-normalizing network for a table: Klambauer et al., Self-normalizing neural networks (2017). */
@Network(input = 57)
@Sgd(learningRate = 0.01)
final class SelfNormalizing {
    @Dense(256) @Selu @AlphaDropout(p = 0.05) Layer first;
    @Repeat(7) @Dense(256) @Selu @AlphaDropout(p = 0.05) Layer hidden;
    @Dense(2) Layer logits;
}

package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Piecewise linear encodings of 8 numbers in 16 bins each, and a network upon them: Gorishniy et al., On embeddings
 * for numerical features (2022).
 */
@Network(input = {8, 16}, loss = Loss.MEAN_SQUARED_ERROR)
@AdamW(learningRate = 1e-3)
@WeightDecay(value = 1e-4)
final class NumberEmbeddings {
    @Flatten @Dense(384) @Relu @Dropout(p = 0.2) Layer encodings;
    @Dense(384) @Relu @Dropout(p = 0.2) Layer hidden;
    @Dense(1) Layer price;
}

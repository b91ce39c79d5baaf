package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** The MLP for tables: Gorishniy et al., Revisiting deep learning models for tabular data (2021). */
@Network(input = 54)
@AdamW(learningRate = 1e-4)
@WeightDecay(1e-5)
final class TabularMlp {
    @Dense(512) @Relu @Dropout(p = 0.3) Layer first;
    @Repeat(2) @Dense(512) @Relu @Dropout(p = 0.3) Layer middle;
    @Dense(256) @Relu @Dropout(p = 0.3) Layer last;
    @Dense(7) Layer logits;
}

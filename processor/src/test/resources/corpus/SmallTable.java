package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** 178 wines, for which little is regularized and little is learnt: Aeberhard & Forina's data (1992). */
@Network(input = 13, examples = 178, batch = 32)
@AdamW(learningRate = 3e-3)
@WeightDecay(0.1)
final class SmallTable {
    @Dense(16) @Relu @Dropout(p = 0.1) Layer hidden;
    @Dense(3) Layer cultivar;
}

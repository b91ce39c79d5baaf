package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The regularized MLP of lessons, with dropout behind the last batch norm only: Ioffe & Szegedy (2015); Szegedy et
 * al. (2016).
 */
@Network(input = {28, 28}, examples = 60000, batch = 128)
@AdamW(learningRate = 1e-3)
@WeightDecay(value = 0.05, exclude = Exclude.BIAS_NORM)
@LabelSmoothing(0.1)
final class LessonMlp {
    @Flatten Layer pixels;
    @Dense(512) @BatchNorm @Relu Layer wide;
    @Dense(256) @BatchNorm @Relu @Dropout(p = 0.2) Layer narrow;
    @Dense(10) Layer logits;
}

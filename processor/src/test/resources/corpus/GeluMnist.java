package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Eight layers of 128 GELUs with dropout of 0.5: Hendrycks & Gimpel, Gaussian error linear units (2016). */
@Network(input = 784)
@Adam(learningRate = 1e-3)
final class GeluMnist {
    @Dense(128) @Gelu Layer first;
    @Repeat(7) @Dense(Width.SAME) @Gelu @Dropout(p = 0.5) Layer hidden;
    @Dense(10) Layer logits;
}

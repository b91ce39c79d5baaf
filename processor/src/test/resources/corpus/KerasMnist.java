package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** RMSprop and dropout of 0.2: mnist_mlp.py, one of the first examples of Chollet et al., Keras (2015). */
@Network(input = 784)
@RmsProp(learningRate = 1e-3, alpha = 0.9)
final class KerasMnist {
    @Dense(512) @Relu @Dropout(p = 0.2) Layer first;
    @Dense(512) @Relu @Dropout(p = 0.2) Layer second;
    @Dense(10) Layer logits;
}

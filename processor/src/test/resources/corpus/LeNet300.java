package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** LeNet-300-100: LeCun, Bottou, Bengio & Haffner, Gradient-based learning applied to document recognition (1998). */
@Network(input = {28, 28})
@Sgd(learningRate = 0.01, momentum = 0.9)
final class LeNet300 {
    @Flatten @Dense(300) @Tanh Layer first;
    @Dense(100) @Tanh Layer second;
    @Dense(10) Layer logits;
}

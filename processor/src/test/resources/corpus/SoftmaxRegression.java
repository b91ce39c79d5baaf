package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Multinomial logistic regression on pixels, the baseline of LeCun et al. (1998). */
@Network(input = {28, 28})
@Sgd(learningRate = 0.1, momentum = 0)
record SoftmaxRegression(@Flatten @Dense(10) Layer logits) {}

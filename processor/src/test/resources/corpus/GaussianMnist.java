package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Multiplicative Gaussian noise in place of dropout: Srivastava et al., Dropout, section 10 (2014). */
@Network(input = 784)
@Sgd(learningRate = 0.05)
@MaxNorm
final class GaussianMnist {
    @Dense(1024) @Relu @GaussianDropout(p = 0.5) Layer first;
    @Dense(1024) @Relu @GaussianDropout(p = 0.5) Layer second;
    @Dense(10) Layer logits;
}

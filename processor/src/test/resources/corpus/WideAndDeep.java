package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** The deep part of a recommender, a yes or no: Cheng et al., Wide & deep learning for recommender systems (2016). */
@Network(input = 1200, loss = Loss.BINARY_CROSS_ENTROPY)
@Adam
final class WideAndDeep {
    @Dense(1024) @Relu Layer first;
    @Dense(512) @Relu Layer second;
    @Dense(256) @Relu Layer third;
    @Dense(1) Layer acquired;
}

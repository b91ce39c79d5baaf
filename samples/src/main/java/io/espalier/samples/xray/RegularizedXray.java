package io.espalier.samples.xray;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.MonteCarlo;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.WeightDecay;

/**
 * The same network as {@link BareXray}, regularized: whole branches are dropped, the deeper the more often, and dropout comes
 * once, behind the last batch norm.
 *
 * <p>The decay is the strongest that the validation pictures have nothing against: with decays from 0.05 to 40 the balanced
 * accuracy there stays between 95.8 and 97.0 %, in the mean of three seeds, where its standard error is 1 %; at 40 the
 * probabilities are too timid (calibration error 8.7 %, 4.5 % at 20). Where they cannot tell, the simpler network is taken
 * (the rule of one standard error: Breiman et al., "Classification and Regression Trees", 1984).
 */
@Network(
        input = {28, 28},
        examples = Xray.TRAINING_PICTURES,
        batch = Xray.BATCH)
@AdamW
@WeightDecay(value = 20, exclude = Exclude.BIAS_NORM)
@DropPath(p = 0.5, schedule = Schedule.LINEAR)
@MonteCarlo
final class RegularizedXray {
    @Flatten
    @Dense(64)
    Layer stem;

    @Repeat(4)
    @Residual
    Branch branches;

    @BatchNorm
    @Relu
    @Dropout(p = 0.3)
    @Dense(Xray.CLASSES)
    Layer logits;

    private RegularizedXray() {}
}

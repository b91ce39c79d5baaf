package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An L1 penalty on weights, as the proximal step {@code w ← sign(w)·max(|w| − learningRate·value, 0)} after the optimizer's
 * (Parikh and Boyd, 2014): weights that the loss does not need become exactly 0. Biases and norms are not penalized. As that of
 * {@link WeightDecay}, the step is apart from the optimizer's, which a momentum makes 1/(1 − momentum) times as long. Behind
 * {@link Adam}, {@link AdamW} or {@link RmsProp}, which step about as far for small gradients as for large ones, it takes some tenths
 * to make zeros, where 1e-5 to 1e-3 is usual with {@link Sgd}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface L1 {
    /** {@return factor of the penalty, at least 0} */
    double value();
}

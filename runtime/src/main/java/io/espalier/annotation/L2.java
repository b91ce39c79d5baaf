package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An L2 penalty on weights that adds {@code value·w} to their gradients, after clipping and before the optimizer. With plain
 * {@link Sgd} that is the same as {@link WeightDecay}; with optimizers that divide by the size of gradients it is not, and
 * weight decay is what is wanted. Biases and norms are not penalized.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface L2 {
    /** {@return factor of the penalty, at least 0} */
    double value();
}

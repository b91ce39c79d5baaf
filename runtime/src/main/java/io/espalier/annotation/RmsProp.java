package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Trains with RMSprop (Tieleman and Hinton, 2012), not centered: mean of squares {@code s ← alpha·s + (1 − alpha)·g²}, then
 * {@code v ← momentum·v + g / (√s + epsilon)} and step {@code w ← w − learningRate·v}. Without a {@link WeightDecay} nothing
 * decays.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RmsProp {
    /** {@return learning rate, above 0} */
    double learningRate() default 1e-2;

    /** {@return decay of the mean of squares, in [0, 1)} */
    double alpha() default 0.99;

    /** {@return added to the root of the mean of squares; above 0} */
    double epsilon() default 1e-8;

    /** {@return momentum, in [0, 1)} */
    double momentum() default 0;
}

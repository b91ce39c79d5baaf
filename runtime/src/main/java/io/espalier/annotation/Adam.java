package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Trains with Adam (Kingma and Ba, 2015). The update is that of {@link AdamW}; without a {@link WeightDecay} nothing decays.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Adam {
    /** {@return learning rate, above 0} */
    double learningRate() default 1e-3;

    /** {@return decay of the first moment, in [0, 1)} */
    double beta1() default 0.9;

    /** {@return decay of the second moment, in [0, 1)} */
    double beta2() default 0.999;

    /** {@return added to the root of the second moment; above 0} */
    double epsilon() default 1e-8;
}

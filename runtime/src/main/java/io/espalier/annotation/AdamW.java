package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Trains with AdamW (Loshchilov and Hutter, 2019): Adam with decoupled weight decay. Without a {@link WeightDecay} it decays by
 * 0.01 outside biases and norms. A network that names no optimizer trains with this one and its defaults.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AdamW {
    /** {@return learning rate, above 0} */
    double learningRate() default 1e-3;

    /** {@return decay of the first moment, in [0, 1)} */
    double beta1() default 0.9;

    /** {@return decay of the second moment, in [0, 1)} */
    double beta2() default 0.999;

    /** {@return added to the root of the second moment; above 0} */
    double epsilon() default 1e-8;
}

package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Decoupled weight decay: {@code w ← w·(1 − learningRate·value)} before the optimizer's step (Loshchilov and Hutter, 2019).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface WeightDecay {
    /** {@return rate of decay, at least 0} */
    double value() default 0.01;

    /** {@return which parameters do not decay, by their role} */
    Exclude exclude() default Exclude.BIAS_NORM;
}

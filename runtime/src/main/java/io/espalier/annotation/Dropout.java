package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Dropout (Srivastava et al., 2014), inverted: in training each value is set to 0 with probability p and scaled by 1/(1 − p)
 * otherwise, so that the expectation stays; nothing happens in prediction.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Dropout {
    /** {@return probability of dropping, in [0, 1)} */
    double p() default 0.5;
}

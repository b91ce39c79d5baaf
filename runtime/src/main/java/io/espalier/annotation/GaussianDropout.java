package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gaussian dropout (Srivastava et al., 2014, section 10): in training each value is multiplied by a draw of N(1, p/(1 − p)), which has the
 * mean and the variance of dropout's factors; nothing happens in prediction.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface GaussianDropout {
    /** {@return probability of the dropout that is as strong, in [0, 1)} */
    double p() default 0.1;
}

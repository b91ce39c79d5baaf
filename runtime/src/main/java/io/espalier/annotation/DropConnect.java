package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Drop connect (Wan et al., 2013), inverted: in training each weight of the stage's linear operation is taken for 0 with
 * probability p and scaled by 1/(1 − p) otherwise; prediction uses the weights as they are. One mask holds for all examples of a
 * step. It speaks of the linear operation, wherever among the stage's annotations it stands; biases are not dropped.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface DropConnect {
    /** {@return probability of dropping a weight, in [0, 1)} */
    double p() default 0.5;
}

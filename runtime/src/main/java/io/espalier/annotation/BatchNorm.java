package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Batch normalization (Ioffe and Szegedy, 2015): each feature is normalized over the batch in training and by running estimates in
 * prediction, then scaled and shifted. The running estimates take the unbiased variance. A batch of one example is refused.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface BatchNorm {
    /** {@return weight of a new batch in the running estimates, in (0, 1]} */
    double momentum() default 0.1;

    /** {@return added to the variance; above 0} */
    double epsilon() default 1e-5;
}

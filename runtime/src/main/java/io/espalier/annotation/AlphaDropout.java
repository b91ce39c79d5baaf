package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Alpha dropout (Klambauer et al., 2017), for values that come from {@link Selu}: in training each value is set to −λα, SELU's limit far
 * below 0, with probability p, and all are then scaled and shifted so that a mean of 0 and a variance of 1 stay; nothing happens in
 * prediction.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface AlphaDropout {
    /** {@return probability of dropping, in [0, 1)} */
    double p() default 0.1;
}

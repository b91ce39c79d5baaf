package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fully connected operation: {@code y = x·Wᵀ + b} with W of shape {@code [units, features]}.
 * Exactly one of {@link #value} and {@link #times} is given.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Dense {
    /** {@return number of units, at least 1, or {@link Width#SAME} or {@link Width#BRANCH}} */
    int value() default 0;

    /** {@return number of units as a multiple of the features that come in, at least 1} */
    int times() default 0;

    /** {@return whether there is a bias} */
    Bias bias() default Bias.AUTO;
}

package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Drop path, or stochastic depth (Huang et al., 2016): in training a residual branch is left out for whole examples at random;
 * kept branches are scaled by 1/(1 − rate), so that the expectation stays. On a class it holds for all residual branches of the
 * network, on a stage for that one branch.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface DropPath {
    /** {@return rate of dropping, in [0, 1); with {@link Schedule#LINEAR} the rate of the last branch} */
    double p() default 0.1;

    /** {@return how the rate runs over the depth} */
    Schedule schedule() default Schedule.LINEAR;
}

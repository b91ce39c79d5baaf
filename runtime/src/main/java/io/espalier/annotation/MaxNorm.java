package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the Euclidean norm of each unit's incoming weights: where it is larger after an update, they are scaled back to it
 * (Srivastava et al., 2014). Biases do not count.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MaxNorm {
    /** {@return largest norm, above 0} */
    double value() default 3.0;
}

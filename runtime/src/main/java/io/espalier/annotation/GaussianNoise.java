package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gaussian noise (Bishop, 1995): in training a draw of N(0, deviation²) is added to each value; nothing happens in prediction.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface GaussianNoise {
    /** {@return standard deviation of the noise; 0 or more} */
    double deviation() default 0.1;
}

package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Label smoothing: with K classes the target class gets 1 − value + value/K, every other value/K (Szegedy et al., 2016).
 * Training minimizes the smoothed loss; evaluations report the plain one.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface LabelSmoothing {
    /** {@return smoothing, in [0, 1)} */
    double value() default 0.1;
}

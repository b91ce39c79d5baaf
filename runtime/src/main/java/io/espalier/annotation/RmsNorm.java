package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Root mean square normalization (Zhang and Sennrich, 2019): each example is divided by the root of its features' mean square,
 * then scaled; unlike {@link LayerNorm} it neither centers nor shifts.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface RmsNorm {
    /** {@return added to the mean square; above 0} */
    double epsilon() default 1e-5;
}

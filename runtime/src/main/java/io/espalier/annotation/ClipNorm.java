package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Clips gradients by their global norm: when the norm of all gradients together exceeds the value, all are scaled down to it
 * (Pascanu et al., 2013).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ClipNorm {
    /** {@return largest global norm, above 0} */
    double value() default 1.0;
}

package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The activation function {@code x} for {@code x > 0} and {@code alpha·(eˣ − 1)} elsewhere, the exponential linear unit (Clevert et al.,
 * 2016).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Elu {
    /** {@return −1 times the limit far below 0; 0 or more} */
    double alpha() default 1;
}

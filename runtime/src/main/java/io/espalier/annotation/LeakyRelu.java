package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The activation function {@code x} for {@code x > 0} and {@code slope·x} elsewhere (Maas et al., 2013).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface LeakyRelu {
    /** {@return slope below 0, in [0, 1)} */
    double slope() default 0.01;
}

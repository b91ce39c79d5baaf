package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The activation function {@code λ·x} for {@code x > 0} and {@code λ·α·(eˣ − 1)} elsewhere, the scaled exponential linear unit (Klambauer
 * et al., 2017), with λ = 1.0507009873554805 and α = 1.6732632423543772: a mean of 0 and a variance of 1 are a fixed point.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Selu {}

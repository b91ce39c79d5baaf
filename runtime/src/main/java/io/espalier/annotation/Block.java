package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a reusable part of networks: a class or record of stages like a {@link Network}, with no network of its own.
 * A stage whose field has the block's type runs the block. A block serves at every width that reaches it; it is emitted
 * once for each distinct shape.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Block {}

package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Emits Monte-Carlo sampling: {@code network.monteCarlo(samples, seed)} predicts many times with the noise of training on, and
 * tells from the spread of the answers how sure the network is (Gal and Ghahramani, 2016). Batch norm stays on its running
 * statistics. Without this annotation the emitted class has no such method.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MonteCarlo {}

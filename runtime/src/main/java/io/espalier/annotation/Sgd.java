package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Trains with stochastic gradient descent, with momentum {@code v ← momentum·v + g} and step {@code w ← w − learningRate·v}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Sgd {
    /** {@return learning rate, above 0} */
    double learningRate() default 0.1;

    /** {@return momentum, in [0, 1)} */
    double momentum() default 0.9;

    /** {@return whether the step looks ahead (Nesterov); needs a momentum above 0} */
    boolean nesterov() default false;
}

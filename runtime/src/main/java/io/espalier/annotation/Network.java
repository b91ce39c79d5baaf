package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a network: a class or record whose fields are its stages, in order, the last of them the output.
 * The annotations on a field are that stage's operations, applied in the order in which they are written.
 *
 * <p>The compiler emits {@code <Name>Network} into the same package: {@code public} if the model is, with the names of
 * enclosing types in front of it, joined by underscores. Where that class is not found, the processor did not run: since
 * JDK 23 javac runs one only from the processor path, or with {@code -proc:full}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Network {
    /** {@return shape of one example, channels last: {@code {features}}, {@code {time, features}} or {@code {height, width, channels}}}. Every extent is at least 1. */
    int[] input();

    /** {@return what training minimizes} */
    Loss loss() default Loss.CROSS_ENTROPY;

    /**
     * How many examples the network is to be trained on. Only the checks of the compilation read it, which judge by it whether
     * there is too much regularization, and whether batches are left that batch normalization cannot take.
     *
     * @return the number of training examples, 0 or more; 0 if it is not known
     */
    int examples() default 0;

    /**
     * How many examples a batch is to have in training. Only the checks of the compilation read it, which judge by it whether
     * the statistics of batch normalization are any good; the batches themselves are the trainer's
     * {@link io.espalier.train.Trainer#batchSize batchSize}.
     *
     * @return the batch size, 0 or more; 0 if it is not known
     */
    int batch() default 0;
}

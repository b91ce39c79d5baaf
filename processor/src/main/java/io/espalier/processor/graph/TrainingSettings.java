package io.espalier.processor.graph;

import io.espalier.processor.ir.Role;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the annotations on the class say about training.
 *
 * @param optimizer the optimizer and its settings
 * @param optimizerAnnotation where it is written, empty for the default
 * @param weightDecay rate of decoupled decay, 0 for none
 * @param exclude the roles that do not decay
 * @param l1 factor of the L1 penalty on weights, 0 for none
 * @param l2 factor of the coupled L2 penalty on weights, 0 for none
 * @param labelSmoothing the smoothing, 0 for none
 * @param clipNorm the largest global norm of the gradients, if they are clipped
 * @param maxNorm the largest norm of a unit's incoming weights, if it is limited
 */
public record TrainingSettings(
        Optimizer optimizer,
        Optional<AnnotationDeclaration> optimizerAnnotation,
        double weightDecay,
        Exclusion exclude,
        double l1,
        double l2,
        double labelSmoothing,
        OptionalDouble clipNorm,
        OptionalDouble maxNorm) {

    /** Which roles weight decay leaves out; the language's {@code Exclude}. */
    public enum Exclusion {
        /** Biases and the scales and shifts of norms. */
        BIAS_NORM,
        /** Nothing. */
        NONE,
        /** Biases. */
        BIAS,
        /** The scales and shifts of norms. */
        NORM,
        /** As {@link #BIAS_NORM}, and embeddings, once there are any. */
        BIAS_NORM_EMBEDDING;

        /**
         * Whether a parameter decays.
         *
         * @param role the parameter's role
         * @return whether weight decay reaches it; never for running estimates
         */
        public boolean decays(Role role) {
            return switch (role) {
                case WEIGHT -> true;
                case BIAS -> this == NONE || this == NORM;
                case NORM_SCALE, NORM_SHIFT -> this == NONE || this == BIAS;
                case RUNNING_MEAN, RUNNING_VARIANCE -> false;
            };
        }
    }

    /** An optimizer. */
    public sealed interface Optimizer {
        /**
         * The learning rate.
         *
         * @return the rate that a schedule's factors apply to
         */
        double learningRate();

        /**
         * Adam and AdamW, which differ only in the decay where none is written.
         *
         * @param learningRate the learning rate
         * @param beta1 decay of the first moment
         * @param beta2 decay of the second moment
         * @param epsilon added to the root of the second moment
         */
        record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {}

        /**
         * RMSprop.
         *
         * @param learningRate the learning rate
         * @param alpha decay of the mean of squares
         * @param epsilon added to the root of that mean
         * @param momentum the momentum, 0 for none
         */
        record RmsProp(double learningRate, double alpha, double epsilon, double momentum) implements Optimizer {}

        /**
         * Stochastic gradient descent.
         *
         * @param learningRate the learning rate
         * @param momentum the momentum, 0 for none
         * @param nesterov whether the step looks ahead
         */
        record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {}
    }
}

package io.espalier.emitted;

/** An optimizer's update, with its constants as the model names them. */
public sealed interface UpdateRule {
    /**
     * Values that it keeps for each trained one.
     *
     * @return 0 or more
     */
    int moments();

    /**
     * Adam, with decoupled decay: {@link io.espalier.kernel.AdamUpdate}.
     *
     * @param beta1 what is kept of the mean of the gradients, in [0, 1)
     * @param beta2 what is kept of the mean of their squares, in [0, 1)
     * @param epsilon is added to the root, positive
     */
    record Adam(double beta1, double beta2, double epsilon) implements UpdateRule {
        @Override
        public int moments() {
            return 2;
        }
    }

    /**
     * RMSprop: {@link io.espalier.kernel.RmsPropUpdate}.
     *
     * @param alpha what is kept of the mean of the squares, in [0, 1)
     * @param epsilon is added to the root, positive
     * @param momentum what is kept of the step, in [0, 1); 0 for none
     */
    record RmsProp(double alpha, double epsilon, double momentum) implements UpdateRule {
        @Override
        public int moments() {
            return momentum > 0 ? 2 : 1;
        }
    }

    /**
     * Stochastic gradient descent: {@link io.espalier.kernel.SgdUpdate}.
     *
     * @param momentum what is kept of the step, in [0, 1); 0 for none
     * @param nesterov whether the gradient is looked up ahead
     */
    record Sgd(double momentum, boolean nesterov) implements UpdateRule {
        @Override
        public int moments() {
            return momentum > 0 ? 1 : 0;
        }
    }
}

package io.espalier.processor.ir;

/**
 * The probability of dropping of one mask: a number of the step, which emitted code loads before its loops.
 *
 * @param name what emitted code calls it
 * @param definition what it is in a step
 */
public record Rate(String name, Definition definition) {
    /** What a rate is in a step. */
    public sealed interface Definition {
        /**
         * The same in every step, or ramped up over the training.
         *
         * @param p the probability, in [0, 1); at the end of the training where it is ramped
         * @param ramped whether it grows in proportion to the progress of the training, from 0
         */
        record Constant(double p, boolean ramped) implements Definition {}

        /**
         * That of a residual branch, which depends on how many branches the same rule governs.
         *
         * @param rule the number of the rule
         * @param branch the branch's number, from 0, among those of its region that the rule governs
         */
        record Branch(int rule, int branch) implements Definition {}
    }

    @Override
    public String toString() {
        return switch (definition) {
            case Definition.Constant constant -> constant.p() + (constant.ramped() ? "·progress" : "");
            case Definition.Branch branch -> "rule " + branch.rule() + ", branch " + branch.branch();
        };
    }
}

package io.espalier.processor.lint;

/**
 * What a rule is called and what it catches: the line that stands for it in the index of the rules.
 *
 * @param id the name that stands in brackets in its findings, and that options and suppressions use
 * @param group the part of the index that it belongs to
 * @param severity the grade of its findings where no option says otherwise
 * @param summary what it catches, in one line
 * @param source who found or defined it, as short as in a text: {@code Li et al., 2019}; its page has the whole title
 */
public record RuleInfo(String id, Group group, Severity severity, String summary, String source) {
    /** The parts of the index, in its order. */
    public enum Group {
        /** Where regularizers stand in the network. */
        PLACEMENT("Placement"),

        /** Penalties, targets and optimizers. */
        TRAINING("Penalties, targets, optimizers"),

        /** What can be wrong with any network. */
        MISTAKES("Ordinary mistakes");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** The heading of the part. */
        public String title() {
            return title;
        }
    }

    /** The grades that rules have by default. */
    public enum Severity {
        /** No code can be generated from such a model: neither an option nor a suppression helps. */
        FIXED_ERROR("error, fixed"),

        /** An error. */
        ERROR("error"),

        /** A warning. */
        WARNING("warning"),

        /** An error in grave cases, a warning in others. */
        ERROR_OR_WARNING("error or warning"),

        /** An error that stays one in grave cases, a warning in others. */
        FIXED_ERROR_OR_WARNING("error, fixed, or warning");

        private final String text;

        Severity(String text) {
            this.text = text;
        }

        /** Whether options and suppressions apply to some of the rule's findings. */
        public boolean isRegradable() {
            return this != FIXED_ERROR;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The rule's page, below the project's root. */
    public String page() {
        return "docs/lint/" + id + ".md";
    }
}

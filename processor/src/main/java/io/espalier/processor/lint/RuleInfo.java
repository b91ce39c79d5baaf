package io.espalier.processor.lint;

/**
 * What a rule is called and what it catches.
 *
 * @param id the name that stands in brackets in its findings, and that options and suppressions use
 * @param severity the grade of its findings where no option says otherwise
 * @param summary what it catches, in one line
 */
public record RuleInfo(String id, Severity severity, String summary) {
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

package io.espalier.processor.lint;

/** How grave a finding is. */
public enum Grade {
    /** The compilation fails. */
    ERROR,

    /** The compilation goes on. */
    WARNING
}

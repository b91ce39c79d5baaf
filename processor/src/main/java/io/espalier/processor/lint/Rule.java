package io.espalier.processor.lint;

/** One mistake to look for. A rule holds no state: the same object checks every network. */
interface Rule {
    /** Its name, grade and summary. */
    RuleInfo info();

    /** Reports every case of the mistake in a network. */
    void check(Subject subject, Report report);
}

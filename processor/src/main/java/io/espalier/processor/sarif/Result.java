package io.espalier.processor.sarif;

import io.espalier.processor.lint.Grade;
import io.espalier.processor.locate.TextSpan;
import java.util.Comparator;

/**
 * One finding of a compilation.
 *
 * @param rule the rule's id
 * @param grade how grave it is
 * @param text facts, reason and remedy
 * @param silenced whether a suppression in the source keeps it from the user
 * @param location where it stands
 */
record Result(String rule, Grade grade, String text, boolean silenced, Location location) {
    /** By file, place in it, and rule: the order does not depend on that in which a compiler hands over classes. */
    static final Comparator<Result> ORDER = Comparator.comparing((Result result) ->
                    result.location().file().map(Location.SourceUri::uri).orElse(""))
            .thenComparingInt(
                    result -> result.location().span().map(TextSpan::startLine).orElse(0))
            .thenComparingInt(result ->
                    result.location().span().map(TextSpan::startColumn).orElse(0))
            .thenComparing(result -> result.location().name())
            .thenComparing(Result::rule)
            .thenComparing(Result::text);
}

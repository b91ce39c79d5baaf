package io.espalier.processor.lint;

import java.util.List;
import java.util.Set;

/**
 * What the lint has to say of a network.
 *
 * @param findings what the user is to see, in source order
 * @param silenced what suppressions keep from the user, in source order
 * @param needed the suppressions that silence something, also of a rule that the options switch off
 * @param complete false where no code can be generated, so that the rules cannot see everything
 */
public record Verdict(
        List<Finding> findings, List<Finding> silenced, Set<SuppressionKey.Id> needed, boolean complete) {}

/**
 * From the graph to findings. One rule is one class, named by its id, that reads like its page in {@code docs/lint}; what
 * several rules ask of the graph (where noise goes, which operations are the output's, what branches are called) is worked
 * out once, in classes of its own that {@code Subject} hands to the rules.
 */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.lint;

/**
 * What emitted classes are written against, and users are not: builders that hand out buffers and take phases, the numbers of a
 * step, and what a network tells of itself.
 */
@NullMarked
package io.espalier.emitted;

import org.jspecify.annotations.NullMarked;

/** The program as data: layouts, values, kernels of both directions, regions. */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.ir;

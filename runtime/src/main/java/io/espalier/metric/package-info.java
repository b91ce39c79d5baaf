/**
 * How good a network's answers are, gathered example by example: {@link io.espalier.metric.Classification} of classes,
 * {@link io.espalier.metric.Labelling} of independent labels, {@link io.espalier.metric.Regression} of values,
 * {@link io.espalier.metric.Ranking} of scores and {@link io.espalier.metric.Calibration} of confidences.
 */
@NullMarked
package io.espalier.metric;

import org.jspecify.annotations.NullMarked;

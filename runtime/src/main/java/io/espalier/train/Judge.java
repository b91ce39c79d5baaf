package io.espalier.train;

import io.espalier.data.ClassIndices;
import io.espalier.data.IndependentLabels;
import io.espalier.data.SoftTargets;
import io.espalier.data.TargetValues;
import io.espalier.data.Targets;
import io.espalier.metric.Calibration;
import io.espalier.metric.Classification;
import io.espalier.metric.Labelling;
import io.espalier.metric.Ranking;
import io.espalier.metric.Regression;

/**
 * What an evaluation makes of a network's outputs: the loss of each row, and scores. One for each thread; what they gather
 * merges into the same in any order, except for values, whose sums are kept by batch.
 */
abstract class Judge {
    /** The loss of a row, in double precision; the row's scores are gathered if it is finite. */
    abstract double row(Targets targets, int row, float[] outputs, int at);

    /** Which batch the next rows belong to. */
    abstract void startBatch(int number);

    abstract void clear();

    /** Adds what another judge of the same kind has gathered. */
    abstract void merge(Judge other);

    /** The evaluation, once all is merged. */
    abstract Evaluation evaluation(double loss);

    /** Judges classes. */
    static final class OfClasses extends Judge {
        private final int classes;
        private final boolean ranks;
        private final Classification counts;
        private final Calibration calibration = new Calibration();
        private final Ranking ranking;
        private final float[] scores;

        OfClasses(int classes, boolean ranks) {
            this.classes = classes;
            this.ranks = ranks;
            this.counts = new Classification(classes);
            this.ranking = new Ranking(classes == 2 ? 1 : classes);
            this.scores = new float[classes];
        }

        @Override
        double row(Targets targets, int row, float[] logits, int at) {
            int answer = largest(logits, at, classes);
            double logSumExp = logSumExp(logits, at, logits[at + answer]);
            int expected;
            double loss = 0;
            if (targets instanceof ClassIndices indices) {
                expected = indices.values()[row];
                loss = logSumExp - logits[at + expected];
            } else {
                float[] shares = ((SoftTargets) targets).values();
                int from = row * classes;
                expected = largest(shares, from, classes);
                for (int c = 0; c < classes; c++) {
                    loss += shares[from + c] * (logSumExp - logits[at + c]);
                }
            }
            if (Double.isFinite(loss)) {
                counts.add(expected, answer);
                calibration.add(Math.exp(logits[at + answer] - logSumExp), answer == expected);
                if (ranks) {
                    rank(expected, logits, at, logSumExp);
                }
            }
            return loss;
        }

        /** By the logarithms of the probabilities: probabilities near 1 would be rounded to the same number. */
        private void rank(int expected, float[] logits, int at, double logSumExp) {
            if (classes == 2) {
                ranking.add(0, expected == 1, (float) ((double) logits[at + 1] - logits[at]));
            } else {
                for (int c = 0; c < classes; c++) {
                    scores[c] = (float) (logits[at + c] - logSumExp);
                }
                ranking.addOneVersusRest(expected, scores, 0);
            }
        }

        /** The logarithm of the sum of exponentials, less the largest so that none overflows. */
        private double logSumExp(float[] logits, int at, double largest) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(logits[at + c] - largest);
            }
            return largest + Math.log(sum);
        }

        /** The first of the largest values. */
        private static int largest(float[] values, int at, int count) {
            int best = 0;
            for (int c = 1; c < count; c++) {
                if (values[at + c] > values[at + best]) {
                    best = c;
                }
            }
            return best;
        }

        @Override
        void startBatch(int number) {}

        @Override
        void clear() {
            counts.clear();
            calibration.clear();
            ranking.clear();
        }

        @Override
        void merge(Judge other) {
            OfClasses same = (OfClasses) other;
            counts.merge(same.counts);
            calibration.merge(same.calibration);
            ranking.merge(same.ranking);
        }

        @Override
        Evaluation evaluation(double loss) {
            return Evaluation.ofClasses(
                    loss, counts.scores(), calibration.reliability(), ranks ? ranking.scores() : null);
        }
    }

    /** Judges independent labels. */
    static final class OfLabels extends Judge {
        private final int labels;
        private final boolean ranks;
        private final Labelling counts;
        private final Calibration calibration = new Calibration();
        private final Ranking ranking;

        OfLabels(int labels, boolean ranks) {
            this.labels = labels;
            this.ranks = ranks;
            this.counts = new Labelling(labels, 0);
            this.ranking = new Ranking(labels);
        }

        @Override
        double row(Targets targets, int row, float[] logits, int at) {
            float[] expected = ((IndependentLabels) targets).values();
            int from = row * labels;
            double loss = 0;
            for (int k = 0; k < labels; k++) {
                double logit = logits[at + k];
                double missed = logit >= 0 ? 1 - (double) expected[from + k] : expected[from + k];
                loss += missed * Math.abs(logit) + Math.log1p(Math.exp(-Math.abs(logit)));
            }
            if (Double.isFinite(loss)) {
                counts.add(expected, from, logits, at);
                for (int k = 0; k < labels; k++) {
                    boolean holds = expected[from + k] > 0.5f;
                    calibration.add(1 / (1 + Math.exp(-(double) logits[at + k])), holds);
                    if (ranks) {
                        ranking.add(k, holds, logits[at + k]);
                    }
                }
            }
            return loss / labels;
        }

        @Override
        void startBatch(int number) {}

        @Override
        void clear() {
            counts.clear();
            calibration.clear();
            ranking.clear();
        }

        @Override
        void merge(Judge other) {
            OfLabels same = (OfLabels) other;
            counts.merge(same.counts);
            calibration.merge(same.calibration);
            ranking.merge(same.ranking);
        }

        @Override
        Evaluation evaluation(double loss) {
            return Evaluation.ofLabels(
                    loss, counts.scores(), calibration.reliability(), ranks ? ranking.scores() : null);
        }
    }

    /** Judges values. Their sums are rounded: merged by batch, in order, they do not depend on who had which batch. */
    static final class OfValues extends Judge {
        private final int outputs;
        private final Regression[] batches;
        private int batch;

        /**
         * @param batches for each batch of the data set, the same for the judges of all threads
         */
        OfValues(int outputs, Regression[] batches) {
            this.outputs = outputs;
            this.batches = batches;
        }

        @Override
        double row(Targets targets, int row, float[] answers, int at) {
            float[] expected = ((TargetValues) targets).values();
            int from = row * outputs;
            double loss = 0;
            for (int k = 0; k < outputs; k++) {
                double difference = (double) answers[at + k] - expected[from + k];
                loss += difference * difference;
            }
            if (Double.isFinite(loss)) {
                batches[batch].add(expected, from, answers, at);
            }
            return loss / outputs;
        }

        @Override
        void startBatch(int number) {
            batch = number;
            batches[batch].clear();
        }

        @Override
        void clear() {}

        @Override
        void merge(Judge other) {}

        @Override
        Evaluation evaluation(double loss) {
            Regression all = new Regression(outputs);
            for (Regression each : batches) {
                all.merge(each);
            }
            return Evaluation.ofValues(loss, all.scores());
        }
    }
}

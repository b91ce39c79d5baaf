package io.espalier.train;

import org.jspecify.annotations.Nullable;

/** Epochs as text and back, to the last bit: a checkpoint keeps the history of the training so far. */
final class EpochText {
    private static final String NONE = "-";
    private static final int FIELDS = 6;

    private EpochText() {}

    static String write(Epoch epoch) {
        return String.join(
                ";",
                Float.toString(epoch.learningRate()),
                Double.toString(epoch.trainingLoss()),
                Double.toString(epoch.seconds()),
                Double.toString(epoch.evaluationSeconds()),
                write(epoch.training()),
                write(epoch.validation()));
    }

    private static String write(@Nullable Evaluation evaluation) {
        return evaluation == null ? NONE : evaluation.write();
    }

    /**
     * The reverse of {@link #write(Epoch)}.
     *
     * @throws IllegalArgumentException if the text is no epoch
     */
    static Epoch read(int number, String text) {
        String[] fields = text.split(";", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("an epoch has " + FIELDS + " fields, not " + fields.length);
        }
        return new Epoch(
                number,
                Float.parseFloat(fields[0]),
                Double.parseDouble(fields[1]),
                evaluation(fields[4]),
                evaluation(fields[5]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]));
    }

    private static @Nullable Evaluation evaluation(String text) {
        if (text.equals(NONE)) {
            return null;
        }
        return Evaluation.read(text);
    }
}

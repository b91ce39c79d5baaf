package io.espalier.metric;

import java.util.function.Function;

/** Scores as texts and back, to the last bit, so that a training's history outlives its process. */
public final class ScoreTexts {
    private ScoreTexts() {}

    /**
     * As text.
     *
     * @param scores to be written
     * @return numbers between spaces
     */
    public static String write(ClassificationScores scores) {
        NumberText text = new NumberText();
        scores.write(text);
        return text.toString();
    }

    /**
     * The reverse of {@link #write(ClassificationScores)}.
     *
     * @param text what that gave
     * @return scores that are the same to the last bit
     * @throws IllegalArgumentException if the text is another
     */
    public static ClassificationScores classification(String text) {
        return read(text, ClassificationScores::read);
    }

    /**
     * As text.
     *
     * @param scores to be written
     * @return numbers between spaces
     */
    public static String write(LabellingScores scores) {
        NumberText text = new NumberText();
        scores.write(text);
        return text.toString();
    }

    /**
     * The reverse of {@link #write(LabellingScores)}.
     *
     * @param text what that gave
     * @return scores that are the same to the last bit
     * @throws IllegalArgumentException if the text is another
     */
    public static LabellingScores labelling(String text) {
        return read(text, LabellingScores::read);
    }

    /**
     * As text.
     *
     * @param scores to be written
     * @return numbers between spaces
     */
    public static String write(RankingScores scores) {
        NumberText text = new NumberText();
        scores.write(text);
        return text.toString();
    }

    /**
     * The reverse of {@link #write(RankingScores)}.
     *
     * @param text what that gave
     * @return scores that are the same to the last bit
     * @throws IllegalArgumentException if the text is another
     */
    public static RankingScores ranking(String text) {
        return read(text, RankingScores::read);
    }

    /**
     * As text.
     *
     * @param scores to be written
     * @return numbers between spaces
     */
    public static String write(RegressionScores scores) {
        NumberText text = new NumberText();
        scores.write(text);
        return text.toString();
    }

    /**
     * The reverse of {@link #write(RegressionScores)}.
     *
     * @param text what that gave
     * @return scores that are the same to the last bit
     * @throws IllegalArgumentException if the text is another
     */
    public static RegressionScores regression(String text) {
        return read(text, RegressionScores::read);
    }

    /**
     * As text.
     *
     * @param scores to be written
     * @return numbers between spaces
     */
    public static String write(Reliability scores) {
        NumberText text = new NumberText();
        scores.write(text);
        return text.toString();
    }

    /**
     * The reverse of {@link #write(Reliability)}.
     *
     * @param text what that gave
     * @return scores that are the same to the last bit
     * @throws IllegalArgumentException if the text is another
     */
    public static Reliability reliability(String text) {
        return read(text, Reliability::read);
    }

    private static <T> T read(String text, Function<NumberText, T> reader) {
        try {
            NumberText numbers = new NumberText(text);
            T read = reader.apply(numbers);
            numbers.requireEnd();
            return read;
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a number is out of range: " + e.getMessage(), e);
        }
    }
}

package io.espalier.samples.cli;

import io.espalier.train.Evaluation;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the tables tell of a network besides its loss.
 *
 * @param name one word, small letters
 * @param percent whether people are shown it as a percentage
 * @param value takes it from an evaluation
 */
public record Measure(String name, boolean percent, ToDoubleFunction<Evaluation> value) {
    /** The share of right answers. */
    public static final Measure ACCURACY = new Measure("accuracy", true, Evaluation::accuracy);

    String shown(Evaluation evaluation) {
        double number = value.applyAsDouble(evaluation);
        return percent
                ? String.format(Locale.ROOT, "%.2f %%", 100 * number)
                : String.format(Locale.ROOT, "%.4f", number);
    }
}

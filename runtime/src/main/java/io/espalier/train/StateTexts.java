package io.espalier.train;

import io.espalier.store.WeightFormatException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the metadata of a checkpoint says of the training, and trusts none of it. */
record StateTexts(Path file, Map<String, String> metadata) {
    String text(String key) throws WeightFormatException {
        @Nullable String text = metadata.get(key);
        if (text == null) {
            throw damaged(key, "is missing", null);
        }
        return text;
    }

    /** A whole number within bounds. */
    long whole(String key, long least, long most) throws WeightFormatException {
        long number = parsed(key, Long::parseLong);
        if (number < least || number > most) {
            throw damaged(key, "expected " + least + " to " + most + ", found " + number, null);
        }
        return number;
    }

    int small(String key, int least, int most) throws WeightFormatException {
        return (int) whole(key, least, most);
    }

    double number(String key) throws WeightFormatException {
        return parsed(key, Double::parseDouble);
    }

    double finite(String key) throws WeightFormatException {
        double number = number(key);
        if (!Double.isFinite(number)) {
            throw damaged(key, "expected a finite number, found " + number, null);
        }
        return number;
    }

    <T> T parsed(String key, Function<String, T> parser) throws WeightFormatException {
        try {
            return parser.apply(text(key));
        } catch (IllegalArgumentException e) {
            throw damaged(key, "cannot be read: " + e.getMessage(), e);
        }
    }

    private WeightFormatException damaged(String key, String problem, @Nullable Exception cause) {
        WeightFormatException damaged = new WeightFormatException(file, "metadata '" + key + "'", shown(problem));
        if (cause != null) {
            damaged.initCause(cause);
        }
        return damaged;
    }

    /** A text of a file, fit for a message. */
    static String shown(String text) {
        String start = text.length() <= 300 ? text : text.substring(0, 300) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}

package io.espalier.model;

import java.util.regex.Pattern;

/** A pattern of names, in which {@code *} stands for any characters, dots included, and {@code ?} for one. */
public final class NamePattern {
    private final Pattern expression;

    /**
     * A pattern.
     *
     * @param pattern for example {@code features.*} or {@code *.bias}
     */
    public NamePattern(String pattern) {
        StringBuilder text = new StringBuilder();
        pattern.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> text.append(".*");
                case '?' -> text.append('.');
                default -> text.append(Pattern.quote(Character.toString(c)));
            }
        });
        expression = Pattern.compile(text.toString());
    }

    /**
     * Whether a name fits.
     *
     * @param name the whole name
     * @return true if it does
     */
    public boolean matches(String name) {
        return expression.matcher(name).matches();
    }
}

package io.espalier.processor.locate;

import io.espalier.processor.locate.Declaration.Kind;
import io.espalier.processor.locate.Declaration.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The text of a source file, in which things are found by their names. */
public final class SourceText {
    private final String text;
    private final List<Declaration> declarations;

    /**
     * Reads a text.
     *
     * @param text a Java source
     */
    public SourceText(String text) {
        this.text = text;
        this.declarations = Outline.of(Lexer.tokens(text));
    }

    /**
     * Where something stands: a value from its first to its last character, an annotation from its {@code @} to its last
     * parenthesis, anything else its name.
     *
     * @param spot what to look for
     * @return its place; that of the next larger thing where it is not found itself; empty if nothing is
     */
    public Optional<TextSpan> find(Spot spot) {
        return declaration(spot).map(declaration -> annotation(declaration, spot)
                .map(note -> value(note, spot).orElseGet(() -> span(note.tokens())))
                .orElseGet(() -> span(List.of(declaration.name()))));
    }

    private Optional<Declaration> declaration(Spot spot) {
        if (spot.types().isEmpty()) {
            return declarations.stream()
                    .filter(declaration -> declaration.kind() == Kind.HEAD)
                    .findFirst();
        }
        List<Declaration> scope = declarations;
        Optional<Declaration> type = Optional.empty();
        for (String name : spot.types()) {
            type = first(scope, Kind.TYPE, name);
            if (type.isEmpty()) {
                return type;
            }
            scope = type.get().members();
        }
        Optional<Declaration> field = first(scope, Kind.FIELD, spot.field());
        return field.isPresent() ? field : type;
    }

    private static Optional<Declaration> first(List<Declaration> scope, Kind kind, String name) {
        return scope.stream().filter(declaration -> declaration.is(kind, name)).findFirst();
    }

    /** Of annotations of the same simple name the one that is written with the most of the qualified one. */
    private static Optional<Note> annotation(Declaration declaration, Spot spot) {
        String name = "." + spot.annotation();
        if (declaration.kind() == Kind.TYPE && !spot.field().isEmpty()) {
            return Optional.empty();
        }
        return declaration.annotations().stream()
                .filter(note -> name.endsWith("." + note.name()))
                .max(Comparator.comparingInt(note -> note.name().length()));
    }

    private Optional<TextSpan> value(Note note, Spot spot) {
        for (List<Token> argument : split(note.arguments())) {
            boolean named = argument.size() > 2
                    && argument.get(0).isWord()
                    && argument.get(1).is("=");
            String member = named ? argument.get(0).text() : "value";
            if (member.equals(spot.member())) {
                return Optional.of(span(item(named ? argument.subList(2, argument.size()) : argument, spot.item())));
            }
        }
        return Optional.empty();
    }

    private static List<Token> item(List<Token> value, int index) {
        if (index < 0 || value.size() < 2 || !value.getFirst().is("{")) {
            return value;
        }
        List<List<Token>> items = split(value.subList(1, value.size() - 1));
        return index < items.size() ? items.get(index) : value;
    }

    /** The pieces between commas that nothing encloses; none of them is empty. */
    private static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> pieces = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || (depth == 0 && tokens.get(i).is(","))) {
                if (i > start) {
                    pieces.add(tokens.subList(start, i));
                }
                start = i + 1;
            } else {
                depth += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
            }
        }
        return pieces;
    }

    private TextSpan span(List<Token> tokens) {
        int start = tokens.getFirst().start();
        int end = tokens.getLast().end();
        return new TextSpan(line(start), column(start), line(end), column(end));
    }

    private int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            // A carriage return in front of a line feed is no line of its own.
            boolean half = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            line += c == '\n' || (c == '\r' && !half) ? 1 : 0;
        }
        return line;
    }

    private int column(int offset) {
        int start = offset;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return offset - start + 1;
    }
}

package io.espalier.processor.locate;

import io.espalier.processor.locate.Declaration.Kind;
import io.espalier.processor.locate.Declaration.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the declarations out of the tokens of a file or of a class's body. It knows what Java looks like between declarations,
 * and skips what stands in them: bodies of methods and initializers. What it takes for a field beyond those that are (constants of
 * enums, types between angle brackets) does no harm: nobody looks for it.
 */
final class Outline {
    private static final Set<String> MODIFIERS = Set.of(
            "public",
            "protected",
            "private",
            "static",
            "final",
            "abstract",
            "native",
            "synchronized",
            "transient",
            "volatile",
            "strictfp",
            "default",
            "sealed",
            "non",
            "-");
    private static final Set<String> TYPES = Set.of("class", "interface", "enum");

    private final List<Token> tokens;
    private final List<Declaration> found = new ArrayList<>();
    private int at;

    private Outline(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The declarations among tokens, in their order. */
    static List<Declaration> of(List<Token> tokens) {
        Outline outline = new Outline(tokens);
        while (outline.at < tokens.size()) {
            outline.declaration();
        }
        return outline.found;
    }

    private void declaration() {
        List<Note> annotations = annotationsAndModifiers();
        if (is(at, "import")) {
            at = find(";", at) + 1;
        } else if (is(at, "package") || isModule()) {
            found.add(new Declaration(Kind.HEAD, tokens.get(at), annotations, List.of()));
            at = is(at, "package") ? find(";", at) + 1 : behind(find("{", at));
        } else if (at < tokens.size() && TYPES.contains(tokens.get(at).text())) {
            type(annotations);
        } else if (is(at, "record") && isWord(at + 1) && (is(at + 2, "(") || is(at + 2, "<"))) {
            type(annotations);
        } else if (is(at, "{") || is(at, "}") || is(at, ";")) {
            at = behind(at);
        } else if (at < tokens.size()) {
            fieldsOrMethod(annotations);
        }
    }

    /** Both words may be names too. */
    private boolean isModule() {
        int word = is(at, "open") ? at + 1 : at;
        return is(word, "module") && isWord(word + 1) && find("{", word) < find(";", word);
    }

    private List<Note> annotationsAndModifiers() {
        List<Note> annotations = new ArrayList<>();
        while (at < tokens.size()) {
            if (is(at, "@") && is(at + 1, "interface")) {
                at++;
                return annotations;
            } else if (is(at, "@")) {
                annotations.add(annotation());
            } else if (MODIFIERS.contains(tokens.get(at).text())) {
                at++;
            } else {
                return annotations;
            }
        }
        return annotations;
    }

    private Note annotation() {
        int start = at++;
        StringBuilder name = new StringBuilder();
        while (isWord(at)) {
            name.append(tokens.get(at++).text());
            if (!is(at, ".")) {
                break;
            }
            name.append('.');
            at++;
        }
        List<Token> arguments = List.of();
        if (is(at, "(")) {
            int open = at;
            at = behind(open);
            arguments = inside(open);
        }
        return new Note(name.toString(), tokens.subList(start, at), arguments);
    }

    private void type(List<Note> annotations) {
        boolean isRecord = is(at, "record");
        if (!isWord(at + 1)) {
            at++;
            return;
        }
        Token name = tokens.get(at + 1);
        at += 2;
        List<Declaration> members = new ArrayList<>();
        while (at < tokens.size() && !is(at, "{")) {
            if (is(at, "(") && isRecord) {
                members.addAll(components(inside(at)));
                isRecord = false;
            }
            at = behind(at);
        }
        List<Token> body = at < tokens.size() ? inside(at) : List.of();
        members.addAll(of(body));
        found.add(new Declaration(Kind.TYPE, name, annotations, members));
        at = behind(at);
    }

    private static List<Declaration> components(List<Token> header) {
        List<Declaration> components = new ArrayList<>();
        Outline outline = new Outline(header);
        while (outline.at < header.size()) {
            List<Note> annotations = outline.annotationsAndModifiers();
            int end = outline.find(",", outline.at);
            if (end > outline.at) {
                components.add(new Declaration(Kind.FIELD, header.get(end - 1), annotations, List.of()));
            }
            outline.at = end + 1;
        }
        return components;
    }

    /** The names are words in front of {@code =}, {@code ,}, {@code ;} or {@code []}, but not the first, which is a type. */
    private void fieldsOrMethod(List<Note> annotations) {
        int first = at;
        boolean initializer = false;
        while (at < tokens.size() && !is(at, ";")) {
            if (!initializer && (is(at, "(") || is(at, "{"))) {
                at = is(at, "{") ? at : Math.min(find("{", behind(at)), find(";", behind(at)));
                break;
            } else if (!initializer && is(at, "@")) {
                annotation();
                continue;
            } else if (is(at, "=")) {
                initializer = true;
            } else if (is(at, ",")) {
                initializer = false;
            } else if (!initializer && at > first && isWord(at) && !is(at - 1, ".") && endsName(at + 1)) {
                found.add(new Declaration(Kind.FIELD, tokens.get(at), annotations, List.of()));
            }
            at = behind(at);
        }
        at = at < tokens.size() ? behind(at) : at;
    }

    private boolean endsName(int index) {
        return index == tokens.size() || is(index, "=") || is(index, ",") || is(index, ";") || is(index, "[");
    }

    /** The next such token that no parentheses, brackets, braces or angle brackets enclose; the end if there is none. */
    private int find(String text, int from) {
        int index = from;
        while (index < tokens.size() && !is(index, text)) {
            index = behindAngles(index);
        }
        return index;
    }

    private int behindAngles(int index) {
        if (!is(index, "<")) {
            return behind(index);
        }
        int depth = 0;
        for (int i = index; i < tokens.size(); i = behind(i)) {
            depth += is(i, "<") ? 1 : is(i, ">") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    /** Behind a token, or behind what closes it if it opens something. */
    private int behind(int index) {
        int depth = 0;
        for (int i = index; i < tokens.size(); i++) {
            depth += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
            if (depth <= 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    private List<Token> inside(int open) {
        int end = behind(open);
        boolean closed = end > open + 1 && tokens.get(end - 1).closes();
        return tokens.subList(Math.min(open + 1, end), closed ? end - 1 : end);
    }

    private boolean is(int index, String text) {
        return index < tokens.size() && tokens.get(index).is(text);
    }

    private boolean isWord(int index) {
        return index < tokens.size() && tokens.get(index).isWord();
    }
}

package io.espalier.processor.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits of one source of the corpus, at the site of an operator first and at others then, to mark what is found there. */
final class Change {
    private final CorpusModel model;
    private final List<Edit> edits = new ArrayList<>();
    private Site focus;

    Change(Site site) {
        model = site.model();
        focus = site;
    }

    private record Edit(int from, int to, String text) {}

    /** Goes on at another site of the same source, by the end of its path. */
    Change at(String path) {
        focus = model.site(path);
        return this;
    }

    /** Puts text before all annotations. */
    Change prepend(String text) {
        int start = focus.stage().isPresent()
                ? focus.stage().get().start()
                : focus.type().annotations().getFirst().start();
        return edit(start, start, text + " ");
    }

    /** Puts text behind all annotations of a stage. */
    Change append(String text) {
        int end = stage().typeStart();
        return edit(end, end, text + " ");
    }

    /** Puts text, such as a mark, straight before an annotation. */
    Change before(String annotation, String text) {
        return edit(get(annotation).start(), get(annotation).start(), text + " ");
    }

    /** Puts text straight behind an annotation. */
    Change behind(String annotation, String text) {
        return edit(get(annotation).end(), get(annotation).end(), " " + text);
    }

    /** Puts something else in an annotation's place. */
    Change replace(String annotation, String text) {
        return edit(get(annotation).start(), get(annotation).end(), text);
    }

    /** Takes an annotation away. */
    Change remove(String annotation) {
        return replace(annotation, "");
    }

    /** Writes elements, with marks before their names, in place of those that are there or beside them. */
    Change set(String annotation, String... elements) {
        String text = get(annotation).text();
        for (String element : elements) {
            text = with(text, element);
        }
        return replace(annotation, text);
    }

    private static String with(String annotation, String element) {
        String name = element.replaceFirst("(/\\*[^*]*\\*/\\s*)*", "").replaceFirst("\\s*=.*", "");
        Matcher there = Pattern.compile("\\b" + name + " = (\\{[^}]*}|[^,)]+)").matcher(annotation);
        if (there.find()) {
            return annotation.substring(0, there.start()) + element + annotation.substring(there.end());
        }
        if (!annotation.contains("(")) {
            return annotation + "(" + element + ")";
        }
        String named = annotation.contains("=") ? annotation : annotation.replace("(", "(value = ");
        return named.replaceFirst("\\)$", Matcher.quoteReplacement(", " + element + ")"));
    }

    /** Writes the single value of an annotation, with its marks. */
    Change value(String annotation, String value) {
        return replace(annotation, "@" + annotation + "(" + value + ")");
    }

    /** Adds a stage of the type {@code Layer} behind this one. */
    Change stageBehind(String annotations, String name) {
        String between = model.text().charAt(end()) == ';' ? "; " : ", ";
        return edit(end(), end(), between + annotations + " Layer " + name);
    }

    /** Declares the stage with another type. */
    Change type(String type) {
        StageText stage = stage();
        return edit(stage.typeStart(), stage.typeStart() + stage.type().length(), type);
    }

    /** Puts other text in the place of some that the whole source has once. */
    Change text(String old, String text) {
        int at = model.text().indexOf(old);
        if (at < 0 || model.text().indexOf(old, at + 1) >= 0) {
            throw new AssertionError(model + " does not have '" + old + "' once");
        }
        return edit(at, at + old.length(), text);
    }

    /** The whole source as changed. */
    String text() {
        StringBuilder changed = new StringBuilder();
        int done = 0;
        for (Edit edit :
                edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList()) {
            if (edit.from() < done) {
                throw new AssertionError("edits of " + model + " meet at " + edit);
            }
            changed.append(model.text(), done, edit.from()).append(edit.text());
            done = edit.to();
        }
        return changed.append(model.text().substring(done)).toString();
    }

    private Change edit(int from, int to, String text) {
        edits.add(new Edit(from, to, text));
        return this;
    }

    private AnnotationText get(String annotation) {
        return focus.stage().isPresent()
                ? focus.stage().get().get(annotation)
                : focus.type().get(annotation);
    }

    private StageText stage() {
        return focus.stage().orElseThrow(() -> new AssertionError(focus + " is no stage"));
    }

    private int end() {
        return stage().typeStart() + (stage().type() + " " + stage().name()).length();
    }
}

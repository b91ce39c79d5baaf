package io.espalier.processor.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.Diagnostic.Kind;

/**
 * What came of a compilation.
 *
 * @param compiler who compiled
 * @param success whether there was no error
 * @param messages every message, in the order in which they came
 * @param generated the sources that processors wrote, by qualified name, sorted
 * @param crash what the compiler itself died of, if it did
 */
public record Compilation(
        CompilerKind compiler,
        boolean success,
        List<Message> messages,
        Map<String, String> generated,
        Optional<Throwable> crash) {

    /** The errors, in the order in which they came. */
    public List<Message> errors() {
        return of(Kind.ERROR);
    }

    /** The warnings of both kinds, in the order in which they came. */
    public List<Message> warnings() {
        return of(Kind.WARNING, Kind.MANDATORY_WARNING);
    }

    /** The findings of a rule, in the order in which they came. */
    public List<Message> findings(String rule) {
        return messages.stream().filter(message -> message.isFinding(rule)).toList();
    }

    /** The source that was written for a class, which must be there. */
    public String generated(String qualifiedName) {
        String source = generated.get(qualifiedName);
        if (source == null) {
            throw new AssertionError(
                    "no " + qualifiedName + " was generated, only " + generated.keySet() + "\n" + this);
        }
        return source;
    }

    private List<Message> of(Kind... kinds) {
        return messages.stream()
                .filter(message -> Arrays.asList(kinds).contains(message.kind()))
                .toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(compiler + (success ? " succeeded" : " failed"));
        messages.forEach(message -> text.append("\n  ").append(message));
        crash.ifPresent(thrown -> text.append("\n  crashed: ").append(thrown));
        return text.append("\n  generated: ").append(generated.keySet()).toString();
    }
}

package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import io.espalier.processor.testing.SarifFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic.Kind;

/**
 * A source in which comments such as {@code /*WARNING DropPathRate*}{@code /} say what is to be found at the token behind
 * them: an annotation, a value's element with its name, a field, or the word {@code class}. What has no mark must give no
 * finding and no error.
 */
public final class MarkedSource {
    private static final Pattern MARK = Pattern.compile("/\\*(ERROR|WARNING) (\\w+)\\*/\\s*");
    private static final Pattern MORE_MARKS = Pattern.compile("(/\\*\\w+ \\w+\\*/\\s*)*");
    private static final Pattern ELEMENT = Pattern.compile("(\\w+\\s*=\\s*)?([A-Za-z]\\w*(?=\\.))?");
    private static final Pattern NAME = Pattern.compile("(\\w+\\s*=\\s*)?");
    private static final Pattern CLASS = Pattern.compile("(class|record|interface|enum)\\s+");
    private static final Pattern FINDING = Pattern.compile("^\\[(\\w+)] ");
    private static final String IMPORTS =
            "package demo; import io.espalier.Layer; import io.espalier.annotation.*; import static io.espalier.annotation.Schedule.*; ";

    /** In the order of places. */
    public static final Comparator<Expected> BY_PLACE =
            Comparator.comparing(Expected::line).thenComparing(Expected::column).thenComparing(Expected::rule);

    private final String text;

    private MarkedSource(String text) {
        this.text = text;
    }

    /** Models in the package {@code demo}, with the language imported. */
    static MarkedSource models(String text) {
        return new MarkedSource(IMPORTS + text);
    }

    /** A whole file. */
    public static MarkedSource file(String text) {
        return new MarkedSource(text);
    }

    /** Compiles and compares, in the order of places. */
    Compilation check(CompilerKind compiler, String... options) {
        Compilation compilation = compile(compiler, options);
        assertThat(found(compilation.messages()).stream().sorted(BY_PLACE).toList())
                .as(compilation.toString())
                .isEqualTo(expected(compiler).stream().sorted(BY_PLACE).toList());
        return compilation;
    }

    /** Compiles and compares in the order in which the findings come. */
    Compilation checkInOrder(CompilerKind compiler, String... options) {
        Compilation compilation = compile(compiler, options);
        assertThat(found(compilation.messages())).as(compilation.toString()).isEqualTo(expected(compiler));
        return compilation;
    }

    /** Compiles, whatever comes of it. */
    Compilation compileWith(CompilerKind compiler, Processor processor, String... options) {
        return Compilations.with(compiler)
                .processor(processor)
                .options(options)
                .source("demo/Models.java", text)
                .compile();
    }

    /** Compiles and checks that nothing but findings is an error. */
    private Compilation compile(CompilerKind compiler, String... options) {
        Compilation compilation;
        try {
            Path sarif = Files.createTempFile("espalier", ".sarif");
            try {
                String[] all = Arrays.copyOf(options, options.length + 1);
                all[options.length] = "-Aespalier.sarif=" + sarif;
                compilation = compileWith(compiler, new EspalierProcessor(), all);
                assertThat(written(SarifFile.read(sarif)))
                        .as(compilation + "\nSARIF")
                        .containsExactlyInAnyOrderElementsOf(expected(MarkedSource::behindNames));
            } finally {
                Files.delete(sarif);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.messages())
                .as(compilation.toString())
                .allMatch(message -> FINDING.matcher(message.text()).find() || isRemark(message, compiler));
        return compilation;
    }

    /** The findings among messages, in the order in which they come. */
    public static List<Expected> found(List<Message> messages) {
        List<Expected> found = new ArrayList<>();
        for (Message message : messages) {
            Matcher matcher = FINDING.matcher(message.text());
            if (matcher.find()) {
                Grade grade = message.kind() == Kind.ERROR ? Grade.ERROR : Grade.WARNING;
                found.add(new Expected(message.line(), message.column(), grade, matcher.group(1)));
            }
        }
        return found;
    }

    private static List<Expected> written(SarifFile sarif) {
        return sarif.results().stream()
                .filter(result -> !result.silenced())
                .map(result ->
                        new Expected(result.line(), result.column(), Grade.valueOf(result.level()), result.rule()))
                .toList();
    }

    /** Eclipse's compiler has remarks of its own, on imports that are not used and on the words of our suppressions. */
    private static boolean isRemark(Message message, CompilerKind compiler) {
        return compiler == CompilerKind.ECJ && (message.kind() == Kind.WARNING || message.kind() == Kind.NOTE);
    }

    /** What the marks say, in their order. */
    public List<Expected> expected(CompilerKind compiler) {
        return expected((source, token) -> source.place(token, compiler));
    }

    private List<Expected> expected(ToIntBiFunction<MarkedSource, Integer> place) {
        List<Expected> expected = new ArrayList<>();
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            int at = place.applyAsInt(this, behind(MORE_MARKS, mark.end()));
            String before = text.substring(0, at);
            expected.add(new Expected(
                    before.chars().filter(c -> c == '\n').count() + 1,
                    before.length() - before.lastIndexOf('\n'),
                    Grade.valueOf(mark.group(1)),
                    mark.group(2)));
        }
        return expected;
    }

    /**
     * javac points at a value, and in a qualified name at the dot; it points at the word {@code class}. Eclipse's compiler
     * points at the names of the element and the class.
     */
    private int place(int token, CompilerKind compiler) {
        return behind(compiler == CompilerKind.JAVAC ? ELEMENT : CLASS, token);
    }

    /** A SARIF file has the first character of a value, and the name of a class. */
    private int behindNames(int token) {
        return behind(CLASS, behind(NAME, token));
    }

    private int behind(Pattern pattern, int at) {
        Matcher matcher = pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
        return matcher.lookingAt() ? matcher.end() : at;
    }

    /** A finding as a test states it. */
    public record Expected(long line, long column, Grade grade, String rule) {}
}

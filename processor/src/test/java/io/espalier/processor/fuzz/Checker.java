package io.espalier.processor.fuzz;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.fuzz.Complaint.Promise;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;

/** Holds the processor to its promises on one case, under both compilers. */
final class Checker {
    private final Case subject;
    private final Sources sources;
    private final Sizes sizes = new Sizes();
    private final Map<CompilerKind, Compilation> compilations = new EnumMap<>(CompilerKind.class);
    private final Map<CompilerKind, Boolean> clean = new EnumMap<>(CompilerKind.class);

    private Checker(Case subject) {
        this.subject = subject;
        this.sources = Sources.of(subject.draft());
    }

    /** The first promise that is not kept, if one is not. */
    static Optional<Complaint> check(Case subject) {
        return new Checker(subject).check();
    }

    private Optional<Complaint> check() {
        for (CompilerKind compiler : CompilerKind.values()) {
            Path classes = temporary();
            try {
                Compilation compilation = compile(compiler, classes);
                compilations.put(compiler, compilation);
                Optional<Complaint> complaint = ofCompilation(compilation).or(() -> ofRuns(compilation, classes));
                if (complaint.isPresent()) {
                    return complaint;
                }
            } finally {
                delete(classes);
            }
        }
        return ofBoth();
    }

    private Compilation compile(CompilerKind compiler, Path classes) {
        Compilations all = sources(compiler)
                .processor(new EspalierProcessor())
                .options(subject.draft().options().toArray(String[]::new))
                .classOutput(classes);
        if (subject.seed() % 2 == 0) {
            // Places are then looked up in the source's text, whatever that is.
            all.options("-Aespalier.sarif=" + classes.resolve("findings.sarif"));
        }
        if (compiler == CompilerKind.JAVAC) {
            all.processor(sizes).options("-Xlint:all,-processing", "-Xmaxerrs", "10000", "-Xmaxwarns", "10000");
        }
        return all.compile();
    }

    private Compilations sources(CompilerKind compiler) {
        Compilations all = Compilations.with(compiler);
        sources.files().forEach(all::source);
        if (subject.draft().module()) {
            all.modulePath(
                    home("io.espalier.Layer"),
                    home("com.fasterxml.jackson.core.JsonFactory"),
                    home("org.jspecify.annotations.Nullable"));
        }
        return all;
    }

    /** Whether the compiler itself takes the sources; only then all errors are the processor's. */
    private boolean isClean(CompilerKind compiler) {
        if (subject.kind() == Case.Kind.SOUND || subject.kind() == Case.Kind.PLANTED) {
            return true;
        }
        return clean.computeIfAbsent(
                compiler, kind -> sources(kind).options("-proc:none").compile().success());
    }

    private Optional<Complaint> ofCompilation(Compilation compilation) {
        CompilerKind compiler = compilation.compiler();
        for (Message message : compilation.messages()) {
            if (message.text().contains("Espalier failed") || message.text().contains("io.espalier.processor.")) {
                return complain(Promise.NO_CRASH, frame(message.text()), compilation);
            }
        }
        if (compilation.crash().isPresent()) {
            Throwable thrown = compilation.crash().get();
            boolean ours = Stream.of(thrown.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith("io.espalier.processor.")
                            && !frame.getClassName().contains(".testing.")
                            && !frame.getClassName().contains(".fuzz."));
            return ours
                            || sources(compiler)
                                    .options("-proc:none")
                                    .compile()
                                    .crash()
                                    .isEmpty()
                    ? complain(Promise.NO_CRASH, thrown.toString(), compilation)
                    : Optional.empty();
        }
        List<Message> strange = compilation.messages().stream()
                .filter(message -> isEmitted(message) || message.kind() == Kind.ERROR && !Findings.isOurs(message))
                .toList();
        if (!strange.isEmpty() && isClean(compiler)) {
            Message first = strange.getFirst();
            return complain(
                    isEmitted(first) ? Promise.OUTPUT_COMPILES : Promise.FINDINGS_ALONE,
                    first.text().replaceAll("[0-9]+|\\s.*", ""),
                    compilation);
        }
        return strange.isEmpty() ? ofFindings(compilation) : Optional.empty();
    }

    private Optional<Complaint> ofFindings(Compilation compilation) {
        if (subject.kind() == Case.Kind.SOUND) {
            for (Message error : compilation.errors()) {
                if (Findings.ruleOf(error).stream()
                        .anyMatch(rule -> !rule.severity().isRegradable())) {
                    return complain(
                            Promise.SOUND_IS_TAKEN,
                            Findings.ruleOf(error).orElseThrow().id(),
                            compilation);
                }
            }
        }
        if (sources.planted().isPresent()
                && compilation.errors().stream()
                        .noneMatch(
                                error -> Findings.isAt(error, sources.planted().get()))) {
            return complain(
                    Promise.MISTAKES_ARE_FOUND, "of " + compilation.generated().keySet(), compilation);
        }
        if (compilation.success()
                && !compilation.generated().keySet().equals(subject.draft().networkClasses())) {
            return complain(Promise.CLASS_IS_THERE, "", compilation);
        }
        return Optional.empty();
    }

    private Optional<Complaint> ofRuns(Compilation compilation, Path classes) {
        if (!compilation.success()) {
            return Optional.empty();
        }
        for (String name : compilation.generated().keySet()) {
            if (sizes.isSmall(name)) {
                boolean moderate = subject.kind() == Case.Kind.SOUND && sizes.isShallow(name);
                Optional<String> wrong = new Workout(classes, subject.seed()).run(name, moderate);
                if (wrong.isPresent()) {
                    return Optional.of(new Complaint(
                            Promise.WORKS,
                            wrong.get().replaceAll("(?s)[^:]*: |[0-9]|\n.*", ""),
                            wrong.get() + "\n" + compilation));
                }
            }
        }
        return Optional.empty();
    }

    /** What both compilers must agree on, where neither has a word of its own to say. */
    private Optional<Complaint> ofBoth() {
        Compilation javac = compilations.get(CompilerKind.JAVAC);
        Compilation eclipse = compilations.get(CompilerKind.ECJ);
        if (!Findings.speaksAlone(javac) || !Findings.speaksAlone(eclipse)) {
            return Optional.empty();
        }
        List<String> ofJavac = Findings.graded(javac);
        List<String> ofEclipse = Findings.graded(eclipse);
        if (!ofJavac.equals(ofEclipse)) {
            return complain(Promise.SAME_FINDINGS, Findings.difference(ofJavac, ofEclipse), javac, eclipse);
        }
        // Of several networks, each compiler hands over another one first.
        if (subject.draft().networkClasses().size() == 1
                && !Findings.shown(javac).equals(Findings.shown(eclipse))) {
            return complain(Promise.SAME_FINDINGS, "order", javac, eclipse);
        }
        return javac.generated().equals(eclipse.generated())
                ? Optional.empty()
                : complain(Promise.SAME_OUTPUT, "", javac, eclipse);
    }

    private boolean isEmitted(Message message) {
        return message.file().endsWith("Network.java") && !sources.files().containsKey(message.file());
    }

    private static String frame(String trace) {
        return trace.lines()
                .filter(line -> line.contains("at io.espalier"))
                .findFirst()
                .orElse("")
                .strip();
    }

    private Optional<Complaint> complain(Promise promise, String about, Compilation... all) {
        StringBuilder text = new StringBuilder();
        for (Compilation compilation : all) {
            text.append(compilation).append('\n');
            compilation.generated().forEach((name, source) -> text.append(lines(compilation, name, source)));
        }
        sources.planted().ifPresent(place -> text.append("planted at ").append(place));
        return Optional.of(new Complaint(promise, about, text.toString()));
    }

    /** The lines of emitted code that messages point at. */
    private static String lines(Compilation compilation, String name, String source) {
        StringBuilder text = new StringBuilder();
        List<String> lines = source.lines().toList();
        for (Message message : compilation.messages()) {
            String file = message.file().replaceAll(".*/|\\.java$", "");
            if (name.endsWith(file) && !file.isEmpty() && message.line() > 0 && message.line() <= lines.size()) {
                text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(lines.get((int) message.line() - 1))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static Path home(String className) {
        try {
            return Path.of(Class.forName(className)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("espalier-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.espalier.processor.testing;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Compiles small sources with processors and collects the messages and what was generated. The class path is the test's own.
 * Sources and output lie in a temporary directory, because Eclipse's compiler reads generated sources back from files.
 */
public final class Compilations {
    private static final List<String> PLATFORM = List.of("--release", "25", "--add-modules", "jdk.incubator.vector");

    private final CompilerKind compiler;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<Processor> processors = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<Path> modulePath = new ArrayList<>();
    private List<String> platform = PLATFORM;
    private @Nullable Path classOutput;
    private @Nullable Path workspace;
    private Consumer<Diagnostic<? extends JavaFileObject>> listener = diagnostic -> {};

    private Compilations(CompilerKind compiler) {
        this.compiler = compiler;
    }

    /** A compilation by that compiler, for Java 25 with the vector module. */
    public static Compilations with(CompilerKind compiler) {
        return new Compilations(compiler);
    }

    /** Runs a processor; a fresh object for each compilation. */
    public Compilations processor(Processor processor) {
        processors.add(processor);
        return this;
    }

    /** Adds options, such as {@code -Aespalier.lint=all:off}. */
    public Compilations options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Replaces the options that choose the release and the modules. */
    public Compilations platform(String... instead) {
        platform = List.of(instead);
        return this;
    }

    /** Adds a source at a path such as {@code demo/Small.java}; the sources reach the compiler in this order. */
    public Compilations source(String path, String text) {
        sources.put(path, text);
        return this;
    }

    /** Puts a directory of class files on the class path. */
    public Compilations classPath(Path directory) {
        classPath.add(directory);
        return this;
    }

    /** Puts directories or jars on the module path; those are then not on the class path. */
    public Compilations modulePath(Path... entries) {
        modulePath.addAll(List.of(entries));
        return this;
    }

    /** Leaves the class files in a directory that exists, instead of throwing them away. */
    public Compilations classOutput(Path directory) {
        classOutput = directory;
        return this;
    }

    /** Leaves sources and output in a directory that exists, the sources below {@code src}. */
    public Compilations workspace(Path directory) {
        workspace = directory;
        return this;
    }

    /** Shows every message as the compiler gives it, while its source is there. */
    public Compilations listener(Consumer<Diagnostic<? extends JavaFileObject>> other) {
        listener = other;
        return this;
    }

    /** Compiles. */
    public Compilation compile() {
        try {
            if (workspace != null) {
                return compile(workspace.toRealPath());
            }
            Path directory = Files.createTempDirectory("espalier-compilation");
            try {
                return compile(directory.toRealPath());
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Compilation compile(Path directory) throws IOException {
        Path root = Files.createDirectory(directory.resolve("src"));
        Path generated = Files.createDirectory(directory.resolve("generated"));
        Path classes = classOutput == null ? Files.createDirectory(directory.resolve("classes")) : classOutput;
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = root.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringWriter printed = new StringWriter();
        boolean success = false;
        Optional<Throwable> crash = Optional.empty();
        JavaCompiler tool = compiler.compiler();
        try (StandardJavaFileManager manager =
                tool.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            manager.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
            manager.setLocationFromPaths(StandardLocation.CLASS_PATH, wholeClassPath());
            if (!modulePath.isEmpty()) {
                manager.setLocationFromPaths(StandardLocation.MODULE_PATH, modulePath);
            }
            JavaCompiler.CompilationTask task = tool.getTask(
                    printed,
                    manager,
                    diagnostics,
                    Stream.concat(platform.stream(), options.stream()).toList(),
                    List.of(),
                    manager.getJavaFileObjectsFromPaths(files));
            task.setProcessors(processors);
            success = task.call();
        } catch (RuntimeException | Error e) {
            crash = Optional.of(e);
        }
        List<Message> messages = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
            messages.add(message(diagnostic, root));
            listener.accept(diagnostic);
        }
        return new Compilation(
                compiler, success, Collections.unmodifiableList(messages), generatedSources(generated), crash);
    }

    private List<Path> wholeClassPath() {
        Stream<Path> own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists);
        return Stream.concat(classPath.stream(), own)
                .filter(entry -> !modulePath.contains(entry))
                .toList();
    }

    private Message message(Diagnostic<? extends JavaFileObject> diagnostic, Path root) throws IOException {
        String raw = diagnostic.getMessage(Locale.ROOT);
        // javac indents the lines after the first.
        String text = compiler == CompilerKind.JAVAC ? raw.replace("\n  ", "\n") : raw;
        JavaFileObject source = diagnostic.getSource();
        if (source == null) {
            return new Message(diagnostic.getKind(), "", 0, 0, text);
        }
        Path file = Path.of(source.toUri());
        String name = (file.startsWith(root) ? root.relativize(file) : file.getFileName())
                .toString()
                .replace(File.separatorChar, '/');
        long position = diagnostic.getPosition();
        if (position < 0) {
            return new Message(diagnostic.getKind(), name, Math.max(0, diagnostic.getLineNumber()), 0, text);
        }
        // Counted here, because Eclipse's compiler gives no columns.
        String before = Files.readString(file).substring(0, (int) position);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        long column = before.length() - before.lastIndexOf('\n');
        return new Message(diagnostic.getKind(), name, line, column, text);
    }

    private static Map<String, String> generatedSources(Path generated) throws IOException {
        try (Stream<Path> walk = Files.walk(generated)) {
            return walk.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> generated
                                    .relativize(file)
                                    .toString()
                                    .replace(File.separatorChar, '.')
                                    .replaceAll("\\.java$", ""),
                            Compilations::read,
                            (first, second) -> first,
                            TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}

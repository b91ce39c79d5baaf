package io.espalier.benchmarks.processor;

import io.espalier.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * What one compilation in this process took. It runs on one thread, whose own time is counted, and nothing but the classes of
 * the compiler itself is left from compilations before it.
 *
 * @param nanos from making its file manager to its end
 * @param processorNanos of them, in the processor; 0 without one
 * @param processorBytes what the processor allocated
 * @param written the sources that the processor wrote, by path
 */
record Compilation(long nanos, long processorNanos, long processorBytes, Map<String, String> written) {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /**
     * Compiles models to classes.
     *
     * @param sources texts by path
     * @param processed whether the processor runs
     * @return what it took
     * @throws IllegalStateException if the compiler has anything to say
     */
    static Compilation of(Map<String, String> sources, boolean processed) {
        List<JavaFileObject> files = sources.entrySet().stream()
                .map(source -> MemoryFiles.source(source.getKey(), source.getValue()))
                .toList();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Optional<TimedProcessor> processor = processed ? Optional.of(new TimedProcessor(espalier())) : Optional.empty();
        List<String> options = processed ? List.of("--release", "25") : List.of("--release", "25", "-proc:none");
        long start = TimedProcessor.time();
        boolean success;
        Map<String, String> written;
        try (StandardJavaFileManager disk =
                        COMPILER.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
                MemoryFiles memory = new MemoryFiles(disk)) {
            disk.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(runtime()));
            JavaCompiler.CompilationTask task = COMPILER.getTask(null, memory, diagnostics, options, null, files);
            processor.ifPresent(timed -> task.setProcessors(List.of(timed)));
            success = task.call();
            written = memory.sources();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long nanos = TimedProcessor.time() - start;
        if (!success || !diagnostics.getDiagnostics().isEmpty()) {
            throw new IllegalStateException(
                    "The models must compile without a word, but: " + diagnostics.getDiagnostics());
        }
        return new Compilation(
                nanos,
                processor.map(TimedProcessor::nanos).orElse(0L),
                processor.map(TimedProcessor::bytes).orElse(0L),
                written);
    }

    /** A new processor, found as a compiler finds it. */
    private static Processor espalier() {
        return ServiceLoader.load(Processor.class).stream()
                .filter(service -> service.type().getName().startsWith("io.espalier."))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Espalier's processor is not on the class path"))
                .get();
    }

    /** The classes that models and emitted classes are written with. */
    private static Path runtime() {
        try {
            return Path.of(Layer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

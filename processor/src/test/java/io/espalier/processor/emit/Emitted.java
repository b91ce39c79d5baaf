package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.train.TrainingStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compiles models with the processor and looks at what was emitted: its source, its class files, and what it does when it runs. */
public final class Emitted {
    /** A random seed that no test depends on. */
    private static final long SEED = 42;

    private Emitted() {}

    /** A compilation of classes of the package {@code demo}, with the processor. */
    static Compilations models(CompilerKind compiler, String classes) {
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", Graphs.source(classes));
    }

    /** Fails unless a compilation went through without an error and without a word about what was emitted. */
    public static void requireClean(Compilation compilation) {
        assertThat(compilation.crash()).as(compilation.toString()).isEmpty();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.messages()).as(compilation.toString()).noneMatch(message -> message.file()
                .endsWith("Network.java"));
    }

    /** Compiles classes of the package {@code demo} and gives the class files of what was emitted for them, by name. */
    static Map<String, ClassModel> classFiles(String classes, Path directory) {
        requireClean(models(CompilerKind.JAVAC, classes).classOutput(directory).compile());
        return classFiles(directory);
    }

    /** The class files of emitted classes in a directory, by name. */
    static Map<String, ClassModel> classFiles(Path directory) {
        Map<String, ClassModel> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file :
                    walk.filter(path -> path.toString().contains("Network")).toList()) {
                files.put(file.getFileName().toString(), ClassFile.of().parse(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    /** Loads an emitted class from a directory of class files. */
    public static Class<?> load(Path directory, String name) {
        ClassLoader loader = new ClassLoader(Emitted.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                try {
                    byte[] file = Files.readAllBytes(directory.resolve(wanted.replace('.', '/') + ".class"));
                    return defineClass(wanted, file, 0, file.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(wanted, e);
                }
            }
        };
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes a network of an emitted class. */
    public static CompiledNetwork create(Class<?> emitted) {
        try {
            Method create = emitted.getMethod("create", long.class);
            create.setAccessible(true);
            return (CompiledNetwork) create.invoke(null, SEED);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes a training step and predicts: nothing may fail, and nothing may come out that is not finite. */
    static void run(CompiledNetwork network) {
        assertThat(step(network)).isFinite();
        network.parameters().forEach(parameter -> assertFinite(parameter.name(), parameter.values()));
        int rows = 3;
        float[] logits = new float[rows * product(network.description().output())];
        network.predictionPass(rows).logits(inputs(network, rows), rows, logits);
        assertFinite("logits", logits);
    }

    /** Takes a training step and gives the loss in front of it. */
    static float step(CompiledNetwork network) {
        int rows = 5;
        int classes = product(network.description().output());
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % classes;
        }
        try (TrainingStep step = network.trainingStep(rows, 1, SEED)) {
            float loss = step.forwardBackward(Batch.of(inputs(network, rows), labels, rows));
            step.update(network.learningRate());
            return loss;
        }
    }

    private static float[] inputs(CompiledNetwork network, int rows) {
        float[] inputs = new float[rows * product(network.description().input())];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) Math.sin(i);
        }
        return inputs;
    }

    private static void assertFinite(String name, float[] values) {
        for (float value : values) {
            assertThat(value).as(name).isFinite();
        }
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}

package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.javapoet.JavaFile;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import io.espalier.processor.testing.WatchedFiler;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What build tools and editors ask of the processor's jar. */
class PackagingTest {
    /** Of Java 21, which Eclipse and VS Code run on. */
    private static final int NEWEST = 65;

    private static String resource(String name) throws IOException {
        try (InputStream in = EspalierProcessor.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void isFoundAndIsIsolatingForGradle() throws IOException {
        String processor = EspalierProcessor.class.getName();
        assertThat(resource("/META-INF/services/javax.annotation.processing.Processor"))
                .isEqualTo(processor);
        assertThat(resource("/META-INF/gradle/incremental.annotation.processors"))
                .isEqualTo(processor + ",isolating");
    }

    /** What Gradle demands of isolating processors: one originating element for each file, and no other files. */
    @ParameterizedTest
    @EnumSource
    void writesEachFileForOneElement(CompilerKind compiler, @TempDir Path classes) {
        Compilation library = Compilations.with(compiler)
                .source("demo/Part.java", Graphs.source("@Block final class Part { @Relu Layer z; @Tanh Layer a; }"))
                .classOutput(classes)
                .compile();
        assertThat(library.success()).as(library.toString()).isTrue();
        WatchedFiler watched = new WatchedFiler(new EspalierProcessor());
        Compilation compilation = Compilations.with(compiler)
                .processor(watched)
                .source("demo/Models.java", Graphs.source("""
                                @Network(input = 8) final class One { Part part; Other other; @Dense(2) Layer out; }
                                @Network(input = 8) final class Two { Part part; Other other; @Dense(0) Layer out; }
                                final class Outer {
                                    @Network(input = 8) static final class Inner { Other other; @Dense(2) Layer out; }
                                }
                                @Block final class Other { @Relu Layer only; }
                                """))
                .classPath(classes)
                .compile();
        assertThat(compilation.generated()).hasSize(3);
        assertThat(watched.calls())
                .as(compilation.toString())
                .containsExactlyInAnyOrder(
                        "createSourceFile demo.OneNetwork [demo.One]",
                        "createSourceFile demo.TwoNetwork [demo.Two]",
                        "createSourceFile demo.Outer_InnerNetwork [demo.Outer.Inner]");
    }

    @Test
    void runsInsideEditors() throws IOException {
        Set<JavaClass> own = Set.copyOf(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackagesOf(EspalierProcessor.class));
        assertThat(own).hasSizeGreaterThan(100);
        for (JavaClass type : own) {
            assertThat(version(type.getSource().orElseThrow().getUri()))
                    .as(type.getName())
                    .isEqualTo(NEWEST);
        }
        Set<String> homes = own.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .flatMap(dependency -> Stream.of(dependency.getTargetClass().getBaseComponentType()))
                .flatMap(type -> type.getSource().stream())
                .map(source -> source.getUri().toString())
                .filter(uri -> uri.startsWith("jar:"))
                .map(uri -> uri.substring(0, uri.indexOf("!/")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(homes).anyMatch(home -> home.contains("javapoet")).anyMatch(home -> home.contains("jackson-core"));
        for (String home : homes) {
            try (JarFile jar =
                    new JarFile(Path.of(URI.create(home.substring(4))).toFile())) {
                for (JavaClass type : new ClassFileImporter().importJars(List.of(jar))) {
                    assertThat(version(type.getSource().orElseThrow().getUri()))
                            .as(type.getName() + " of " + home)
                            .isLessThanOrEqualTo(NEWEST);
                }
            }
        }
    }

    /** A processor path written by hand need not have jackson-core, which SARIF files alone are written with. */
    @ParameterizedTest
    @EnumSource
    void needsJavaPoetAlone(CompilerKind compiler, @TempDir Path directory) throws Exception {
        Path sarif = directory.resolve("findings.sarif");
        URL[] jars = {home(EspalierProcessor.class), home(JavaFile.class)};
        for (String option : List.of("-Aespalier.lint=all:error", "-Aespalier.sarif=" + sarif)) {
            try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
                Compilation compilation = Compilations.with(compiler)
                        .processor((Processor) loader.loadClass(EspalierProcessor.class.getName())
                                .getConstructor()
                                .newInstance())
                        .options(option)
                        .source(
                                "demo/Models.java",
                                Graphs.source("@Network(input = 8) final class One { @Dense(2) Layer out; }"))
                        .compile();
                assertThat(compilation.generated()).containsOnlyKeys("demo.OneNetwork");
                assertThat(compilation.errors().stream().map(Message::text).toList())
                        .as(compilation.toString())
                        .isEqualTo(
                                option.contains("sarif")
                                        ? List.of("-Aespalier.sarif: " + sarif
                                                + " could not be written, because jackson-core is not on the processor path."
                                                + " Add it beside espalier-processor")
                                        : List.of());
            }
        }
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static int version(URI classFile) throws IOException {
        try (DataInputStream in = new DataInputStream(classFile.toURL().openStream())) {
            in.skipNBytes(6);
            return in.readUnsignedShort();
        }
    }
}

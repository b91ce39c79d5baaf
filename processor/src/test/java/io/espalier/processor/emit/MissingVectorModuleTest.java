package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.processor.testing.CompilerKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program started without the vector module is told so, by an emitted class that loads without it. */
class MissingVectorModuleTest {
    @ParameterizedTest
    @EnumSource
    void isNamedWhenANetworkIsCreated(Models model, @TempDir Path directory) throws IOException, InterruptedException {
        Emitted.requireClean(model.with(CompilerKind.JAVAC)
                .source("demo/Start.java", """
                        package demo;
                        public final class Start {
                            public static void main(String[] args) {
                                try {
                                    %s.create(1);
                                } catch (IllegalStateException e) {
                                    System.out.println("told: " + e.getMessage());
                                }
                            }
                        }
                        """.formatted(model.emitted()))
                .classOutput(directory)
                .compile());
        String runtime = Path.of(CompiledNetwork.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        directory + System.getProperty("path.separator") + runtime,
                        "demo.Start")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).startsWith("told: ").contains("--add-modules jdk.incubator.vector");
    }
}

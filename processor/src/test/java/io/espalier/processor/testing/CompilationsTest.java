package io.espalier.processor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompilationsTest {
    /** Points at every deprecated class and its {@code since}, and writes a class beside it. */
    private static final class Pointing extends AbstractProcessor {
        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("java.lang.Deprecated");
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            for (Element element : round.getElementsAnnotatedWith(Deprecated.class)) {
                AnnotationMirror mirror = element.getAnnotationMirrors().getFirst();
                AnnotationValue value =
                        mirror.getElementValues().values().iterator().next();
                processingEnv.getMessager().printMessage(Kind.WARNING, "[Demo] here", element, mirror, value);
                processingEnv.getMessager().printMessage(Kind.ERROR, "[Demo] two\nlines", element);
                try (Writer writer = processingEnv
                        .getFiler()
                        .createSourceFile("demo.Made", element)
                        .openWriter()) {
                    writer.write("package demo;\nfinal class Made {}\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        }
    }

    private static final String SOURCE = """
            package demo;

            @Deprecated(since = "7")
            final class Old {
                Made made;
            }
            """;

    @ParameterizedTest
    @EnumSource
    void placesMessagesAndKeepsGeneratedSources(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new Pointing())
                .source("demo/Old.java", SOURCE)
                .compile();

        assertThat(compilation.success()).as(compilation.toString()).isFalse();
        assertThat(compilation.crash()).isEmpty();
        // Eclipse's compiler points at the member's name, javac at its value.
        int valueColumn = compiler == CompilerKind.JAVAC ? 21 : 13;
        // Eclipse's compiler points at a class's name, javac at the keyword before it.
        int classColumn = compiler == CompilerKind.JAVAC ? 7 : 13;
        assertThat(compilation.findings("Demo"))
                .containsExactlyInAnyOrder(
                        new Message(Kind.WARNING, "demo/Old.java", 3, valueColumn, "[Demo] here"),
                        new Message(Kind.ERROR, "demo/Old.java", 4, classColumn, "[Demo] two\nlines"));
        assertThat(compilation.generated("demo.Made")).startsWith("package demo;");
    }
}

package io.espalier.eclipse.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Another processor: writes a block {@code demo.SeedBlock} for a deprecated class {@code demo.Seed}. */
public final class SeedProcessor extends AbstractProcessor {
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
        for (Element seed : round.getElementsAnnotatedWith(Deprecated.class)) {
            String block = seed.getSimpleName() + "Block";
            try (Writer writer = processingEnv
                    .getFiler()
                    .createSourceFile("demo." + block, seed)
                    .openWriter()) {
                writer.write("""
                        package demo;

                        import io.espalier.Layer;
                        import io.espalier.annotation.*;

                        @Block
                        final class %s {
                            @Dense(times = 2) @Relu Layer wide;
                            @Dense(Width.BRANCH) Layer back;
                        }
                        """.formatted(block));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}

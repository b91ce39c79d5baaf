package io.espalier.processor.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is found in well-known architectures that are written in good faith. */
class CorpusTest {
    @ParameterizedTest
    @EnumSource
    void compilesWithoutAMessage(CompilerKind compiler) {
        Compilations compilations = Compilations.with(compiler).processor(new EspalierProcessor());
        CorpusModel.all().forEach(model -> compilations.source("corpus/" + model.name() + ".java", model.text()));

        Compilation compilation = compilations.compile();

        assertThat(compilation.messages()).as(compilation.toString()).isEmpty();
        assertThat(compilation.generated().keySet())
                .containsExactlyInAnyOrderElementsOf(CorpusModel.all().stream()
                        .flatMap(model -> model.networks().stream().map(network -> model.generated(network)))
                        .toList());
    }

    @Test
    void everyModelSaysWhoPublishedIt() {
        assertThat(CorpusModel.all()).hasSizeGreaterThanOrEqualTo(30).allSatisfy(model -> assertThat(
                        model.text().lines().takeWhile(line -> !line.startsWith("@Network")))
                .anyMatch(line -> line.matches(".*\\(\\d{4}\\).*")));
    }
}

package io.espalier.processor.emit;

import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTest {
    @ParameterizedTest
    @CsvSource({
        "PERCEPTRON, JAVAC", "STANDARDIZED, JAVAC", "RESIDUALS, JAVAC", "GATES, JAVAC", "NOISY, JAVAC",
        "PERCEPTRON, ECJ", "STANDARDIZED, ECJ", "RESIDUALS, ECJ", "GATES, ECJ", "NOISY, ECJ"
    })
    void emitsWhatTheGoldenFileHolds(Models model, CompilerKind compiler) {
        String name = model.emitted();
        Golden.check(name.substring("demo.".length()) + ".java", model.emitted(compiler));
    }
}

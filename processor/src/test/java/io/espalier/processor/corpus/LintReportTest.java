package io.espalier.processor.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.lint.Lint;
import io.espalier.processor.testing.CompilerKind;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a corpus of right models nothing is found, and in the wrong ones that are made of it exactly what should be. */
class LintReportTest {
    @ParameterizedTest
    @EnumSource
    void findsWhatIsWrongAndNothingElse(CompilerKind compiler) {
        LintReport report = LintReport.of(compiler);

        System.out.println(report);
        assertThat(report.failures())
                .as(report.failures().stream().map(Outcome::toString).collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(report.wrong()).isGreaterThanOrEqualTo(150);
        assertThat(Lint.ruleIds())
                .allSatisfy(rule -> assertThat(report.wrong(rule)).as(rule).isGreaterThanOrEqualTo(3));
    }
}

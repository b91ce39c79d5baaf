package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LintOptionsTest {
    @Test
    void aRuleByItsNameComesBeforeAll() {
        LintOptions options = LintOptions.parse("DropoutOnOutput:warning, all:off ,DropPathRate:error");
        assertThat(options.mistakes()).isEmpty();
        assertThat(options.regrade("DropoutOnOutput", Grade.ERROR)).contains(Grade.WARNING);
        assertThat(options.regrade("DropPathRate", Grade.WARNING)).contains(Grade.ERROR);
        assertThat(options.regrade("StrongDropoutWithBatchNorm", Grade.WARNING)).isEmpty();
    }

    @Test
    void withoutOptionsEveryRuleKeepsItsGrade() {
        assertThat(LintOptions.defaults().regrade("DropoutOnOutput", Grade.ERROR))
                .contains(Grade.ERROR);
        assertThat(LintOptions.defaults().regrade("DropoutOnOutput", Grade.WARNING))
                .contains(Grade.WARNING);
    }

    @Test
    void anUnknownRuleListsTheRules() {
        assertThat(mistakes("DropoutOnOutputs:off"))
                .singleElement()
                .asString()
                .startsWith("-Aespalier.lint: 'DropoutOnOutputs:off' names no rule. Did you mean DropoutOnOutput?")
                .contains(Lint.ruleIds())
                .contains("all", "error, warning, off");
        assertThat(mistakes("")).singleElement().asString().startsWith("-Aespalier.lint: '' names no rule.");
        assertThat(mistakes("ALL:off")).singleElement().asString().contains("Did you mean all?");
        assertThat(mistakes("all:off,,DropPathRate:off")).hasSize(1);
    }

    @Test
    void aNameThatIsNearIsNamed() {
        for (String near : List.of("dropoutonoutput", "DropoutOnOutptu", "DropOutOnTheOutput")) {
            assertThat(mistakes(near + ":off")).singleElement().asString().contains(" Did you mean DropoutOnOutput?");
        }
        for (String far : List.of("Dropout", "Nonsense", "Conv")) {
            assertThat(mistakes(far + ":off")).singleElement().asString().doesNotContain("Did you mean");
        }
    }

    @Test
    void anUnknownGradeListsTheGrades() {
        for (String entry :
                List.of("DropPathRate:none", "DropPathRate", "DropPathRate:", "all:Error", "DropPathRate:off:off")) {
            assertThat(mistakes(entry))
                    .singleElement()
                    .asString()
                    .startsWith("-Aespalier.lint: '" + entry + "' gives no grade.")
                    .endsWith("error, warning, off");
        }
    }

    @Test
    void whatIsFixedCannotBeLoweredByName() {
        assertThat(mistakes("ProbabilityRange:off"))
                .singleElement()
                .asString()
                .contains("'ProbabilityRange:off' cannot hold", "no code could be generated");
        assertThat(mistakes("ValueRange:warning")).hasSize(1);
        assertThat(mistakes("ValueRange:error")).isEmpty();
        assertThat(mistakes("LabelSmoothingRange:off")).isEmpty();
    }

    @Test
    void theSameTwiceIsAMistake() {
        assertThat(mistakes("DropPathRate:off,DropPathRate:error"))
                .containsExactly("-Aespalier.lint names 'DropPathRate' twice. Leave one of the two out");
    }

    @Test
    void theRestOfAWrongOptionHolds() {
        LintOptions options = LintOptions.parse("nothing:off,DropPathRate:off");
        assertThat(options.mistakes()).hasSize(1);
        assertThat(options.regrade("DropPathRate", Grade.WARNING)).isEmpty();
    }

    private static List<String> mistakes(String option) {
        return LintOptions.parse(option).mistakes();
    }
}

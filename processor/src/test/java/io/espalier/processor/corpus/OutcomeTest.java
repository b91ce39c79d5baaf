package io.espalier.processor.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import java.util.List;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;

/** What differs in any way from what the marks say is no exact outcome. */
class OutcomeTest {
    private static final Message FOUND =
            new Message(Kind.ERROR, "made0/LeNet300.java", 2, 18, "[DropoutOnOutput] dropout falls on the outputs");

    /** A model with one mark, at its second line, in which a compiler says something. */
    private static Outcome outcome(Message... messages) {
        Site site = CorpusModel.all().stream()
                .filter(model -> model.name().equals("LeNet300"))
                .findFirst()
                .orElseThrow()
                .site("logits");
        String mark = "/*ERROR DropoutOnOutput*/";
        return Outcome.of(
                new Mutant("made", site, "class A {\n" + mark + " @Dropout Layer a;\n}"),
                CompilerKind.JAVAC,
                List.of(messages));
    }

    @Test
    void onlyWhatIsMarkedIsExact() {
        Message exact = new Message(Kind.ERROR, FOUND.file(), 2, 27, FOUND.text());
        Message extra = new Message(Kind.WARNING, FOUND.file(), 1, 1, "[ValueRange] out of range");

        assertThat(outcome(exact).isExact()).isTrue();
        assertThat(outcome().isExact()).as("nothing found").isFalse();
        assertThat(outcome(FOUND).isExact()).as("another place").isFalse();
        assertThat(outcome(new Message(Kind.MANDATORY_WARNING, FOUND.file(), 2, 27, FOUND.text()))
                        .isExact())
                .as("another grade")
                .isFalse();
        assertThat(outcome(new Message(Kind.ERROR, FOUND.file(), 2, 27, "[ValueRange] out of range"))
                        .isExact())
                .as("another rule")
                .isFalse();
        assertThat(outcome(exact, extra).isExact()).as("something more").isFalse();
        assertThat(outcome(exact, exact).isExact()).as("twice").isFalse();
        assertThat(outcome(exact, new Message(Kind.ERROR, FOUND.file(), 1, 1, "cannot find symbol"))
                        .isExact())
                .as("a message that is no finding")
                .isFalse();
    }

    @Test
    void aRuleIsJudgedByItsOwnFindings() {
        Message exact = new Message(Kind.ERROR, FOUND.file(), 2, 27, FOUND.text());
        Message extra = new Message(Kind.WARNING, FOUND.file(), 1, 1, "[ValueRange] out of range");

        assertThat(outcome(exact, extra).isExact("DropoutOnOutput")).isTrue();
        assertThat(outcome(exact, extra).isExact("ValueRange")).isFalse();
    }
}

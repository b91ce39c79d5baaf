package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.annotation.trial.HardTanhOperation;
import io.espalier.processor.graph.NetworkGraph;
import io.espalier.processor.graph.Node;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.operation.Operations;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operation that no room but its own class knows is read, shaped, checked and completed like the language's own. */
class FurtherOperationsTest {
    private static EspalierProcessor processor() {
        return new EspalierProcessor(List.of(HardTanhOperation.DEFINITION));
    }

    private static String source(String classes) {
        return Graphs.source("import io.espalier.annotation.trial.HardTanhOperation.HardTanh;\n" + classes);
    }

    @ParameterizedTest
    @EnumSource
    void standsInTheGraph(CompilerKind compiler) {
        Operations operations = Operations.ofLanguage().with(List.of(HardTanhOperation.DEFINITION));
        NetworkGraph graph = Graphs.buildAll(compiler, operations, """
                        import io.espalier.annotation.trial.HardTanhOperation.HardTanh;
                        @Network(input = 4) final class Clipped {
                            @Dense(3) @HardTanh(limit = 2.5) Layer hidden;
                            @HardTanh @Dense(2) Layer out;
                        }
                        """).get("Clipped");

        assertThat(graph.defects()).isEmpty();
        List<Node.Apply> clipped = graph.root().nodes().stream()
                .map(Node.Apply.class::cast)
                .filter(apply -> apply.operation() instanceof HardTanhOperation)
                .toList();
        assertThat(clipped.stream().map(Node::shape)).containsExactly(Shape.features(3), Shape.features(3));
        assertThat(clipped.stream().map(apply -> apply.operation().attributes()))
                .containsExactly(List.of("limit", "2.5"), List.of("limit", "1.0"));
    }

    @ParameterizedTest
    @EnumSource
    void isCheckedForItsRangeAndItsKind(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(processor())
                .source("demo/Models.java", source("""
                        @Network(input = 4) final class Clipped {
                            @Dense(3) @HardTanh(limit = 0) Layer hidden;
                            @Dense(2) @HardTanh(limit = 2) Layer out;
                        }
                        """))
                .compile();

        assertThat(compilation.messages().stream().map(Message::text).filter(text -> text.startsWith("[")))
                .containsExactly(
                        "[ValueRange] limit = 0 of @HardTanh is out of range: the largest value that it lets through must be "
                                + "above 0 and finite. Write 1, the usual value, or one near it.",
                        "[ActivationOnLogits] @HardTanh of 'out' stands on the outputs of the network, which the loss "
                                + "CROSS_ENTROPY takes for logits, values of any size and sign: all of them lie between -2 "
                                + "and 2, so that the loss can never fall below 0.018 with 2 classes. Remove @HardTanh, or "
                                + "put a @Dense behind it.");
    }

    @ParameterizedTest
    @EnumSource
    void isNoneWhereNobodyDefinesIt(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", source("""
                        @Network(input = 4) final class Clipped {
                            @Dense(3) @HardTanh(limit = 0) Layer hidden;
                            @Dense(2) Layer out;
                        }
                        """))
                .compile();

        assertThat(compilation.findings("UnknownStructure").stream().map(Message::text))
                .singleElement()
                .asString()
                .startsWith("[UnknownStructure] @HardTanh on 'hidden' is no operation that this version");
    }

    @ParameterizedTest
    @EnumSource
    void isCompletedInEditors(CompilerKind compiler) {
        Asking asking = new Asking(processor(), "");
        Compilations.with(compiler)
                .processor(asking)
                .source(
                        "demo/Models.java",
                        source("@Network(input = 4) final class Clipped { @Dense(2) @HardTanh(limit = 1) Layer out; }"))
                .compile();

        assertThat(asking.failure()).isNull();
        assertThat(asking.values("HardTanh.limit")).containsExactly("1", "6");
    }
}

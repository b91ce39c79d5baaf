package io.espalier.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphDefectsTest {
    private static List<String> defects(CompilerKind compiler, String classes) {
        return GraphText.defects(Graphs.build(compiler, classes));
    }

    private static List<String> places(CompilerKind compiler, String classes) {
        return GraphText.places(Graphs.build(compiler, classes));
    }

    @ParameterizedTest
    @EnumSource
    void printsTheShapesAlongTheWay(CompilerKind compiler) {
        assertThat(defects(compiler, """
                        @Network(input = {28, 28, 1})
                        final class Small {
                            @Relu Layer edges;
                            @Dense(128) @BatchNorm Layer features;
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(10) Layer logits;
                        }
                        """))
                .containsExactly("SHAPE Small.logits @Residual: @Residual on 'logits': what enters the branch is "
                        + "{28, 28, 128} and what leaves it is {28, 28, 10}, which an identity shortcut cannot add. End the "
                        + "branch in the shape that enters it, or leave out shortcut = IDENTITY to let a projection fit them. "
                        + "Shapes: input {28, 28, 1} → features {28, 28, 128} → logits {28, 28, 10}");
        assertThat(defects(compiler, """
                        @Network(input = {28, 28, 1})
                        final class Small {
                            @Flatten Layer flat;
                            @Dense(128) @BatchNorm Layer features;
                            Inner inner;
                        }
                        @Block
                        final class Inner {
                            @Dense(64) Layer narrow;
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(10) Layer logits;
                        }
                        """))
                .containsExactly(
                        "SHAPE Inner.logits @Residual: @Residual on 'logits': what enters the branch is {64} and "
                                + "what leaves it is {10}, which an identity shortcut cannot add. End the branch in the shape that "
                                + "enters it, or leave out shortcut = IDENTITY to let a projection fit them. Shapes: "
                                + "input {28, 28, 1} → flat {784} → features {128} → inner.narrow {64} → inner.logits {10}");
    }

    @ParameterizedTest
    @EnumSource
    void leavesOutTheMiddleOfALongWay(CompilerKind compiler) {
        assertThat(defects(compiler, """
                        @Network(input = {9, 9})
                        final class Small {
                            @Flatten Layer a;
                            @Dense(8) Layer b;
                            @Dense(7) Layer c;
                            @Dense(6) Layer d;
                            @Dense(5) Layer e;
                            @Repeat(2) @Dense(4) Layer f;
                        }
                        """))
                .singleElement()
                .asString()
                .startsWith("SHAPE Small.f @Repeat: ")
                .contains("Shapes: input {9, 9} → … → c {7} → d {6} → e {5} → f {4}.");
    }

    @ParameterizedTest
    @EnumSource
    void saysNothingOfShapesBehindAMistakeButStillChecksValues(CompilerKind compiler) {
        assertThat(places(compiler, """
                        @Network(input = {28, 28, 1})
                        final class Small {
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(3) Layer first;
                            @Softmax Layer second;
                            @Repeat(0) @Dense(7) Layer third;
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(times = -1) Layer fourth;
                        }
                        """))
                .containsExactly(
                        "SHAPE Small.first @Residual", "VALUE Small.third @Repeat 0", "VALUE Small.fourth @Dense -1");
    }

    @ParameterizedTest
    @EnumSource
    void wantsExactlyOneWidthInItsRange(CompilerKind compiler) {
        assertThat(defects(compiler, """
                        @Network(input = 8)
                        final class Small {
                            @Dense(0) Layer zero;
                            @Dense(-3) Layer negative;
                            @Dense Layer neither;
                            @Dense(value = 4, times = 2) Layer both;
                            @Dense(times = 0) Layer never;
                            @Dense(BRANCH) Layer nowhere;
                        }
                        """))
                .satisfiesExactly(
                        zero -> assertThat(zero).startsWith("VALUE Small.zero @Dense 0: @Dense on 'zero' has 0 units"),
                        negative -> assertThat(negative).startsWith("VALUE Small.negative @Dense -3: "),
                        neither -> assertThat(neither)
                                .startsWith("VALUE Small.neither @Dense: ")
                                .contains("has no width"),
                        both -> assertThat(both)
                                .startsWith("VALUE Small.both @Dense 2: ")
                                .contains("Keep one"),
                        never -> assertThat(never)
                                .startsWith("VALUE Small.never @Dense 0: ")
                                .contains("times = 0"),
                        nowhere -> assertThat(nowhere)
                                .startsWith("VALUE Small.nowhere @Dense -2: ")
                                .contains("in none"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesSizesThatNoArrayHolds(CompilerKind compiler) {
        assertThat(places(compiler, """
                        @Network(input = 70000)
                        final class Small {
                            @Residual @Dense(1) Layer fits;
                            @Dense(70000) Layer wide;
                            @Dense(70000) Layer tooMany;
                        }
                        """)).containsExactly("VALUE Small.tooMany @Dense 70000");
        assertThat(places(compiler, """
                        @Network(input = 70000)
                        final class Small {
                            @Dense(times = 70000) Layer tooMany;
                        }
                        """)).containsExactly("VALUE Small.tooMany @Dense 70000");
        assertThat(places(compiler, """
                        @Network(input = 150_000_000)
                        final class Small {
                            @Dense(2) Layer tooManyWithPadding;
                        }
                        """)).containsExactly("VALUE Small.tooManyWithPadding @Dense 2");
        assertThat(places(compiler, """
                        @Network(input = 8)
                        final class Small {
                            @Repeat(100_000_000) @LayerNorm Layer tooManyWithPadding;
                            @Dense(2) Layer logits;
                        }
                        """)).containsExactly("VALUE Small @Network");
        assertThat(places(compiler, "@Network(input = {70000, 70000}) final class Small { @Flatten Layer flat; }"))
                .singleElement()
                .asString()
                .startsWith("VALUE Small @Network {70000,");
        assertThat(defects(compiler, """
                        @Network(input = 1000)
                        final class Small {
                            @Repeat(3000) @Dense(SAME) Layer all;
                        }
                        """))
                .containsExactly(
                        "VALUE Small @Network: Small has 3003000000 parameters, repeats counted: at most 2147483647, "
                                + "with every width rounded up to a multiple of 16. Make its stages narrower, or repeat them less");
    }

    @ParameterizedTest
    @EnumSource
    void wantsExamplesThatFitAnArray(CompilerKind compiler) {
        assertThat(defects(compiler, """
                        @Network(input = {2000, 2000, 3})
                        final class Small {
                            @LayerNorm @Dense(1000) Layer pixels;
                            @Flatten @Dense(2) Layer logits;
                        }
                        """))
                .containsExactly("SHAPE Small.pixels @Dense: @Dense on 'pixels' gives {2000, 2000, 1000}, 4032000000 "
                        + "values an example with the channels of each position in whole vectors: at most 2147483647. Put "
                        + "@Flatten before it, or give it fewer units");
    }

    @ParameterizedTest
    @EnumSource
    void wantsAnInputOfPositiveExtents(CompilerKind compiler) {
        assertThat(places(compiler, "@Network(input = {}) final class Small { @Dense(2) Layer out; }"))
                .containsExactly("VALUE Small @Network {}");
        assertThat(places(compiler, "@Network(input = {3, 0}) final class Small { @Dense(2) Layer out; }"))
                .singleElement()
                .asString()
                .startsWith("VALUE Small @Network {3,");
        assertThat(places(compiler, "@Network(input = -1) final class Small { @Dense(2) Layer out; }"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void wantsShortcutsThatFit(CompilerKind compiler) {
        assertThat(places(compiler, """
                        @Network(input = {4, 4})
                        final class Small {
                            @Residual @Tanh Layer same;
                            @Residual @Flatten Layer flattened;
                        }
                        """)).containsExactly("SHAPE Small.flattened @Residual");
        assertThat(places(compiler, """
                        @Network(input = {4, 4})
                        final class Small {
                            @Residual(shortcut = Shortcut.PROJECTION) @Tanh Layer projected;
                        }
                        """)).isEmpty();
        // The region is shared, the mistake is the second stage's.
        assertThat(places(compiler, """
                        @Network(input = 8)
                        final class Small {
                            @Residual Inner fits;
                            @Dense(8) Layer back;
                            @Repeat(2) @Residual(shortcut = Shortcut.IDENTITY) Inner fitsNot;
                        }
                        @Block final class Inner { @Dense(4) Layer only; }
                        """)).containsExactly("SHAPE Small.fitsNot @Residual");
        assertThat(places(compiler, """
                        @Network(input = {4, 4})
                        final class Small { @Residual Inner inner; }
                        @Block final class Inner { @Flatten @Dense(BRANCH) Layer only; }
                        """)).containsExactly("SHAPE Small.inner @Residual");
    }

    @ParameterizedTest
    @EnumSource
    void wantsRepeatsToEndInTheShapeTheyStartWith(CompilerKind compiler) {
        assertThat(defects(compiler, """
                        @Network(input = 8)
                        final class Small {
                            @Repeat(2) Inner inner;
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(5) Layer behind;
                        }
                        @Block final class Inner { @Dense(4) Layer only; }
                        """))
                .containsExactly(
                        "SHAPE Small.inner @Repeat: @Repeat on 'inner': what leaves the stage, {4}, must have the "
                                + "shape of what enters it, {8}, to enter it again. Shapes: input {8} → inner {4}. End the stage in "
                                + "what enters it, such as with @Dense(8), or put the change of width in a stage before it");
    }

    @ParameterizedTest
    @EnumSource
    void allowsOnlyWhatSpeaksOfTheWholeStageOnABlock(CompilerKind compiler) {
        assertThat(places(compiler, """
                        @Network(input = 8)
                        final class Small {
                            @Residual @Relu @Repeat(2) @DropPath @Dense(3) Inner inner;
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(5) Layer behind;
                            @Residual Layer empty;
                        }
                        @Block final class Inner { @Dense(SAME) Layer only; }
                        """))
                .containsExactly(
                        "STRUCTURE Small.inner @Relu", "STRUCTURE Small.inner @Dense", "STRUCTURE Small.empty");
    }

    @ParameterizedTest
    @EnumSource
    void allowsOneOptimizer(CompilerKind compiler) {
        assertThat(places(compiler, "@Network(input = 8) @Sgd @AdamW final class Small { @Dense(2) Layer out; }"))
                .containsExactly("STRUCTURE Small @AdamW");
    }

    @ParameterizedTest
    @EnumSource
    void wantsAShortcutForDropPath(CompilerKind compiler) {
        assertThat(places(compiler, """
                        @Network(input = 8) @DropPath
                        final class Small { @DropPath @Dense(2) Layer out; @DropPath Inner inner; }
                        @Block final class Inner { @DropPath @Dense(SAME) Layer only; }
                        """))
                .containsExactly(
                        "DROP_PATH Small.out @DropPath",
                        "DROP_PATH Small.inner @DropPath",
                        "DROP_PATH Inner.only @DropPath",
                        "DROP_PATH Small @DropPath");
    }

    @ParameterizedTest
    @EnumSource
    void findsCyclesOnTheWayInFromTheNetwork(CompilerKind compiler) {
        String blocks = """
                @Block final class A { @Dense(4) Layer a; B b; }
                @Block final class B { @Dense(5) Layer b; C c; }
                @Block final class C { A a; @Residual C self; A again; }
                """;
        assertThat(defects(compiler, "@Network(input = 8) final class Small { A first; B second; }" + blocks))
                .satisfiesExactly(
                        a -> assertThat(a)
                                .startsWith(
                                        "STRUCTURE C.a: 'a' closes a cycle of blocks: demo.A → demo.B → demo.C → demo.A."),
                        self -> assertThat(self)
                                .startsWith("STRUCTURE C.self: 'self' closes a cycle of blocks: demo.C → demo.C."),
                        again -> assertThat(again).startsWith("STRUCTURE C.again: "));
        assertThat(places(compiler, "@Network(input = 8) final class Small { B first; A second; }" + blocks))
                .containsExactly("STRUCTURE A.b", "STRUCTURE C.self");
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatDoesNotResolveAsUnknown(CompilerKind compiler) {
        assertThat(places(compiler, """
                        @Network(input = 8) @DropPath
                        final class Small {
                            @Dense(NOWHERE) Layer a;
                            @Repeat(NOWHERE) @Dense(3) Layer b;
                            @Residual(shortcut = Shortcut.IDENTITY) @Dense(times = NOWHERE) Layer c;
                            Missing d;
                            @Dropout(p = NOWHERE) Layer e;
                        }
                        """)).isEmpty();
        assertThat(places(compiler, "@Network(input = NOWHERE) final class Small { @Dense(2) Layer out; }"))
                .isEmpty();
    }
}

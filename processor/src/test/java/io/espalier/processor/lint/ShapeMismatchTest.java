package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeMismatchTest {
    @ParameterizedTest
    @EnumSource
    void shapesThatDoNotFit(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {28, 28})
                        class NoRowOfFeatures {
                            @Relu @Dense(8) @BatchNorm Layer features;
                            @Relu /*ERROR ShapeMismatch*/ @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class IdentityJoin {
                            @Dense(8) Layer features;
                            /*ERROR ShapeMismatch*/ @Residual(shortcut = Shortcut.IDENTITY) @Relu @Dense(16) Layer branch;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Repeats {
                            /*ERROR ShapeMismatch*/ @Repeat(3) @Relu @Dense(8) Layer features;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = {4, 4})
                        class BehindTheFirst {
                            @Residual Inner branch;
                            /*ERROR ShapeMismatch*/ @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @LayerNorm Layer norm;
                                @Dense(Width.BRANCH) Layer back;
                            }
                        }

                        @Network(input = {4, 4})
                        class Outputs {
                            /*ERROR ShapeMismatch*/ @Relu Layer end;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:ShapeMismatch")
                        class InABlockAtTwoShapes {
                            Inner first;
                            @Relu @Dense(8) Layer between;
                            Inner second;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                /*ERROR ShapeMismatch*/ @Residual(shortcut = Shortcut.IDENTITY) @Relu @Dense(5) Layer branch;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void shapesThatFit(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = {28, 28})
                        class Model {
                            @Flatten @Dense(8) @BatchNorm Layer features;
                            @Residual @Relu @Dense(16) Layer projected;
                            @Residual(shortcut = Shortcut.IDENTITY) @Relu @Dense(16) Layer branch;
                            @Repeat(3) @Relu @Dense(Width.SAME) Layer repeated;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheFirstStageThatWorksOnEachPosition(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = {4, 5})
                        class Model {
                            @Dropout(p = 0.2) Layer noise;
                            @Residual Inner branch;
                            @Relu /*ERROR ShapeMismatch*/ @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @LayerNorm Layer norm;
                                @Dense(Width.BRANCH) Layer back;
                            }
                        }
                        """).check(compiler);
        assertThat(compilation.findings("ShapeMismatch").getFirst().text())
                .contains(
                        "the output of 'logits' is {4, 3}",
                        "@LayerNorm of 'Inner.norm' is the first to work on each of the 4 positions by itself: put @Flatten "
                                + "before it");
    }

    @ParameterizedTest
    @EnumSource
    void printsTheShapesAlongTheWay(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = {28, 28})
                        class Model {
                            @Flatten @Dense(64) Layer features;
                            /*ERROR ShapeMismatch*/ @Repeat(3) @Relu @Dense(8) Layer blocks;
                            @Relu @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("ShapeMismatch").getFirst().text())
                .contains("'blocks'", "{8}", "{64}", "input {28, 28} → features {64} → blocks {8}");
    }
}

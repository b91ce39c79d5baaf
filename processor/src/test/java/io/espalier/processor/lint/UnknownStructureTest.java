package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnknownStructureTest {
    @ParameterizedTest
    @EnumSource
    void noModels(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class Fields {
                            static int notAStage;
                            int /*ERROR UnknownStructure*/ number;
                            String /*ERROR UnknownStructure*/ text;
                            Layer /*ERROR UnknownStructure*/ withoutOperation;
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        class Cycle {
                            Ring ring;
                            @Dense(3) Layer logits;

                            @Block
                            static class Ring {
                                @Dense(4) Layer start;
                                Link link;
                            }

                            @Block
                            static class Link {
                                Ring /*ERROR UnknownStructure*/ back;
                            }
                        }

                        @Network(input = 4)
                        class OperationOnABlock {
                            /*ERROR UnknownStructure*/ @Dense(4) /*ERROR UnknownStructure*/ @Relu @Residual Inner inner;
                            @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @Dense(4) Layer only;
                            }
                        }

                        @Network(input = 4)
                        /*ERROR UnknownStructure*/ class NoStages {}

                        @Network(input = 4)
                        @AdamW
                        /*ERROR UnknownStructure*/ @Sgd
                        class TwoOptimizers {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @Adam
                        /*ERROR UnknownStructure*/ @RmsProp
                        class TwoOthers {
                            @Dense(3) Layer logits;
                        }

                        class Outer {
                            @SuppressWarnings("espalier:UnknownStructure")
                            @Network(input = 4)
                            private static /*ERROR UnknownStructure*/ class Hidden {
                                @Dense(3) Layer logits;
                            }
                        }

                        @Network(input = 4)
                        /*ERROR UnknownStructure*/ /*ERROR UnknownStructure*/ class SeveralReasons<T> extends Outer {
                            @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        /*ERROR UnknownStructure*/ class Taken {
                            @Dense(3) Layer logits;
                        }

                        class TakenNetwork {}
                        """).check(compiler, "-Aespalier.lint=all:off");
    }

    @ParameterizedTest
    @EnumSource
    void models(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        record Components(@Dense(4) Layer first, @Repeat(2) @Residual Inner second, @Relu @Dense(3) Layer logits) {
                            static final String NAME = "components";

                            @Block
                            record Inner(@Relu @Dense(4) Layer only) {}
                        }

                        class Outer {
                            @Network(input = 4)
                            static class Nested {
                                static int notAStage;
                                @Dense(3) Layer logits;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void saysThatItCannotBeSilenced(CompilerKind compiler) {
        Compilation compilation = MarkedSource.models("""
                        @Network(input = 4)
                        @SuppressWarnings("espalier:UnknownStructure")
                        class Model {
                            int /*ERROR UnknownStructure*/ number;
                            @Dense(3) Layer logits;
                        }
                        """).check(compiler);
        assertThat(compilation.findings("UnknownStructure").getFirst().text())
                .contains("'number'")
                .endsWith("(@SuppressWarnings has no effect on this: no code could be generated.)");
    }
}

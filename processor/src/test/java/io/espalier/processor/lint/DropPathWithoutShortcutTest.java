package io.espalier.processor.lint;

import io.espalier.processor.testing.CompilerKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropPathWithoutShortcutTest {
    @ParameterizedTest
    @EnumSource
    void withoutAResidualBranch(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        class OnAStage {
                            /*ERROR DropPathWithoutShortcut*/ @DropPath(p = 0.2) @Dense(4) Layer features;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        /*ERROR DropPathWithoutShortcut*/ @DropPath(p = 0.2)
                        class OnTheClass {
                            @Dense(4) Layer features;
                            @Relu @Dense(3) Layer logits;
                        }

                        @Network(input = 4)
                        @SuppressWarnings("espalier:DropPathWithoutShortcut")
                        class InABlockTwiceAndNotSilenced {
                            Inner first;
                            @Relu @Dense(8) Layer between;
                            Inner second;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @Relu @Dense(Width.SAME) /*ERROR DropPathWithoutShortcut*/ @DropPath(p = 0.2) Layer features;
                            }
                        }
                        """).check(compiler);
    }

    @ParameterizedTest
    @EnumSource
    void withAResidualBranch(CompilerKind compiler) {
        MarkedSource.models("""
                        @Network(input = 4)
                        @DropPath(p = 0.2)
                        class Model {
                            Inner inner;
                            @DropPath(p = 0.1, schedule = CONSTANT) @Residual @Relu @Dense(8) Layer branch;
                            @Relu @Dense(3) Layer logits;

                            @Block
                            static class Inner {
                                @Residual @Dense(8) Layer first;
                                @Residual @Relu @Dense(8) Layer second;
                            }
                        }
                        """).check(compiler);
    }
}

package io.espalier.benchmarks.curve;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.Width;

/** The same network at growing depth, at growing width, and at growing numbers of parameters. */
final class Models {
    private Models() {}

    /** A residual branch at any width. */
    @Block
    static final class Branch {
        @LayerNorm
        @Dense(Width.SAME)
        @Gelu
        Layer mixing;
    }

    /** Two hidden layers at any width. */
    @Block
    static final class Hidden {
        @Dense(Width.SAME)
        @LayerNorm
        @Gelu
        Layer first;

        @Dense(Width.SAME)
        @LayerNorm
        @Gelu
        Layer second;
    }

    /** 4 residual branches of 128 features. */
    @Network(input = 128)
    @AdamW
    static final class Depth4 {
        @Dense(128)
        Layer entry;

        @Repeat(4)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }

    /** 16 residual branches of 128 features. */
    @Network(input = 128)
    @AdamW
    static final class Depth16 {
        @Dense(128)
        Layer entry;

        @Repeat(16)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }

    /** 64 residual branches of 128 features. */
    @Network(input = 128)
    @AdamW
    static final class Depth64 {
        @Dense(128)
        Layer entry;

        @Repeat(64)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }

    /** 256 residual branches of 128 features. */
    @Network(input = 128)
    @AdamW
    static final class Depth256 {
        @Dense(128)
        Layer entry;

        @Repeat(256)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }

    /** 64 features. */
    @Network(input = 64)
    @AdamW
    static final class Width64 {
        Hidden hidden;

        @Dense(10)
        Layer logits;
    }

    /** 128 features. */
    @Network(input = 128)
    @AdamW
    static final class Width128 {
        Hidden hidden;

        @Dense(10)
        Layer logits;
    }

    /** 256 features. */
    @Network(input = 256)
    @AdamW
    static final class Width256 {
        Hidden hidden;

        @Dense(10)
        Layer logits;
    }

    /** 512 features. */
    @Network(input = 512)
    @AdamW
    static final class Width512 {
        Hidden hidden;

        @Dense(10)
        Layer logits;
    }

    /** 1024 features. */
    @Network(input = 1024)
    @AdamW
    static final class Width1024 {
        Hidden hidden;

        @Dense(10)
        Layer logits;
    }

    /** 2048 features. */
    @Network(input = 2048)
    @AdamW
    static final class Width2048 {
        Hidden hidden;

        @Dense(10)
        Layer logits;
    }

    /** 2 weights of 2048 × 2048. */
    @Network(input = 2048)
    @AdamW
    static final class Large2 {
        @Dense(2048)
        Layer entry;

        @Repeat(1)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }

    /** 6 weights of 2048 × 2048. */
    @Network(input = 2048)
    @AdamW
    static final class Large6 {
        @Dense(2048)
        Layer entry;

        @Repeat(5)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }

    /** 24 weights of 2048 × 2048. */
    @Network(input = 2048)
    @AdamW
    static final class Large24 {
        @Dense(2048)
        Layer entry;

        @Repeat(23)
        @Residual
        Branch branches;

        @Dense(10)
        Layer logits;
    }
}

package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The MLP-Mixer's blocks as far as dense operations go, two residual branches a block: Tolstikhin et al., MLP-Mixer
 * (2021).
 */
@Network(input = {8, 32})
@AdamW(learningRate = 1e-3)
@WeightDecay(value = 0.1, exclude = Exclude.BIAS_NORM)
@DropPath(p = 0.1, schedule = Schedule.LINEAR)
@ClipNorm(1)
final class Mixer {
    @Flatten Layer patches;
    @Repeat(8) MixerBlock blocks;
    @LayerNorm Layer norm;
    @Dense(10) Layer logits;

    @Block
    static final class MixerBlock {
        @Residual TokenMlp tokens;
        @Residual ChannelMlp channels;
    }

    @Block
    static final class TokenMlp {
        @LayerNorm @Dense(128) @Gelu Layer expand;
        @Dense(Width.BRANCH) Layer project;
    }

    @Block
    static final class ChannelMlp {
        @LayerNorm @Dense(times = 2) @Gelu Layer expand;
        @Dense(Width.BRANCH) Layer project;
    }
}

package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnSumsTest {

    @Test
    void isTheFixedTree() {
        Random random = Randomized.random("isTheFixedTree");
        for (int slices = 1; slices <= 70; slices++) {
            int width = 1 + random.nextInt(50);
            int stride = width + random.nextInt(3);
            int offset = random.nextInt(4);
            float[] partials = Randomized.matrix(random, offset, stride, slices, width);
            float[] before = Randomized.values(random, width + 2);
            float[] sums = before.clone();
            float[] added = before.clone();
            ColumnSums.tree(partials.clone(), offset, stride, slices, width, sums, 1, false);
            ColumnSums.tree(partials.clone(), offset, stride, slices, width, added, 1, true);
            float[] column = new float[slices];
            for (int j = 0; j < width; j++) {
                for (int slice = 0; slice < slices; slice++) {
                    column[slice] = partials[offset + slice * stride + j];
                }
                float expected = Randomized.tree(column, 0, slices);
                assertThat(sums[1 + j])
                        .as("column %d of %d, %d slices", j, width, slices)
                        .isEqualTo(expected);
                assertThat(added[1 + j]).isEqualTo(before[1 + j] + expected);
            }
            assertThat(sums[0]).isEqualTo(before[0]);
            assertThat(sums[width + 1]).isEqualTo(before[width + 1]);
        }
    }

    /** Leaves as they come in, and all at once: the streaming form must be the same tree. */
    @Test
    void theStreamingTreeIsTheSame() {
        Random random = Randomized.random("theStreamingTreeIsTheSame");
        for (int leaves = 1; leaves <= 70; leaves++) {
            int width = 1 + random.nextInt(40);
            float[] values = Randomized.values(random, leaves * width);
            float[] stack = Randomized.poisoned(FixedTree.height(leaves) * width + 1);
            int top = 0;
            for (int leaf = 0; leaf < leaves; leaf++) {
                System.arraycopy(values, leaf * width, stack, 1 + top * width, width);
                top = FixedTree.merge(stack, 1, width, top + 1, leaf);
            }
            FixedTree.finish(stack, 1, width, top);
            float[] sums = new float[width];
            ColumnSums.tree(values, 0, width, leaves, width, sums, 0, false);
            for (int j = 0; j < width; j++) {
                assertThat(stack[1 + j]).as("column %d, %d leaves", j, leaves).isEqualTo(sums[j]);
            }
        }
    }
}

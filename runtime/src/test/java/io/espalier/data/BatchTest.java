package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void isAViewOfItsArrays() {
        float[] inputs = new float[12];
        int[] labels = new int[4];
        Batch batch = Batch.of(inputs, labels, 3);
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.capacity()).isEqualTo(4);
        assertThat(batch.inputSize()).isEqualTo(3);
        assertThat(batch.inputs()).isSameAs(inputs);
        assertThat(batch.labels()).isSameAs(labels);
    }

    @Test
    void softTargetsKnowTheirClasses() {
        Batch batch = Batch.allocateSoft(5, 2, 3);
        assertThat(batch.size()).isZero();
        assertThat(batch.softTargets()).hasSize(15);
        assertThat(batch.targets()).isInstanceOfSatisfying(SoftTargets.class, soft -> {
            assertThat(soft.classes()).isEqualTo(3);
            assertThat(soft.capacity()).isEqualTo(5);
        });
        assertThatIllegalStateException().isThrownBy(batch::labels).withMessageContaining("use softTargets()");
    }

    @Test
    void theWrongKindOfTargetsIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Batch.allocate(2, 2).softTargets())
                .withMessageContaining("class indices")
                .withMessageContaining("allocateSoft");
    }

    @Test
    void sizeMustFit() {
        Batch batch = Batch.allocate(4, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.setSize(5))
                .withMessage("A batch with room for 4 rows cannot have size 5; it must be 1 to 4");
        assertThatIllegalArgumentException().isThrownBy(() -> batch.setSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(new float[4], new int[2], 3));
    }

    @Test
    void arraysMustFitEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.of(new float[7], new int[3], 3))
                .withMessageContaining("7 input values for 3 targets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.ofSoft(new float[6], new float[7], 2, 3))
                .withMessageContaining("7 is not a positive multiple of 2");
    }

    @Test
    void hugeBatchesAreRefusedBeforeTheyAreAllocated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.allocate(1 << 20, 1 << 12))
                .withMessageContaining("1048576 rows of 4096 input values")
                .withMessageContaining("smaller batch");
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.allocate(0, 3));
    }

    @Test
    void labelsOutOfRangeNameTheRow() {
        ClassIndices indices = new ClassIndices(new int[] {0, 2, 3, 9});
        indices.requireWithin(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> indices.requireWithin(3, 3))
                .withMessage("The label of row 2 is 3, but the classes are 0 to 2 (3 classes)");
    }
}

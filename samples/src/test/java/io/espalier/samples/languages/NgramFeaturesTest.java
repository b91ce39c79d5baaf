package io.espalier.samples.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.data.Batch;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NgramFeaturesTest {
    private static float[] features(String name) {
        float[] features = new float[NgramFeatures.BUCKETS];
        NgramFeatures.write(NgramFeatures.of(name), features, 0);
        return features;
    }

    @Test
    void countsAllNgramsOfOneToThreeCharacters() {
        // " ab ": a, b; " a", "ab", "b "; " ab", "ab ".
        assertThat(NgramFeatures.of("ab").signedBuckets()).hasSize(7);
        // A character beyond sixteen bits is one character.
        assertThat(NgramFeatures.of("\ud83a\udd22").signedBuckets()).hasSize(4);
    }

    @Test
    void haveLengthOne() {
        for (String name : List.of("a", "Deutschland", "Vereinigtes Königreich", "日本", "aaaaaaaaaaaa")) {
            double squares = 0;
            for (float value : features(name)) {
                squares += value * value;
            }
            assertThat(squares).as(name).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void dependOnWhatCountsOnly() {
        assertThat(features("ÅLAND (1944–1991)")).isEqualTo(features("A\u030aland"));
        assertThat(features("abc")).isNotEqualTo(features("bca"));
        assertThat(features("land")).isNotEqualTo(features("landa"));
    }

    @Test
    void useManyBucketsAndBothSigns() {
        int[] counts = new int[NgramFeatures.BUCKETS];
        int positive = 0;
        int negative = 0;
        for (Name name : TestNames.everySo(10).split().training()) {
            for (char gram : NgramFeatures.of(name.text()).signedBuckets()) {
                counts[gram & (NgramFeatures.BUCKETS - 1)]++;
                if (gram < NgramFeatures.BUCKETS) {
                    positive++;
                } else {
                    negative++;
                }
            }
        }
        assertThat(counts).doesNotContain(0);
        assertThat((double) positive / (positive + negative)).isBetween(0.4, 0.6);
    }

    @Test
    void areAllZeroWithoutLetters() {
        assertThat(NgramFeatures.of("123").signedBuckets()).isEmpty();
        assertThat(features("123")).isEqualTo(new float[NgramFeatures.BUCKETS]);
    }

    @Test
    void aBatchHoldsTheExamplesAskedForInTheirOrder() {
        Item item = new Item(Item.Kind.COUNTRY, "DE");
        NameDataset dataset = new NameDataset(
                List.of(new Name("Deutschland", item, 2), new Name("Allemagne", item, 0), new Name("Saksa", item, 1)),
                3);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.outputs()).isEqualTo(3);
        Batch batch = dataset.newBatch(4);
        Arrays.fill(batch.inputs(), Float.NaN);
        dataset.fill(new int[] {0, 2, 0}, 1, 2, batch);
        assertThat(batch.size()).isEqualTo(2);
        assertThat(Arrays.copyOf(batch.labels(), 2)).containsExactly(1, 2);
        int width = dataset.inputSize();
        assertThat(Arrays.copyOfRange(batch.inputs(), 0, width)).isEqualTo(features("Saksa"));
        assertThat(Arrays.copyOfRange(batch.inputs(), width, 2 * width)).isEqualTo(features("Deutschland"));
    }
}

package io.espalier.samples.languages;

import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import io.espalier.samples.languages.NgramFeatures.Grams;
import java.util.List;

/**
 * Names as examples: the features of a batch are worked out when it is filled. Only the n-grams' hashes are kept, some
 * hundred bytes a name, where the features would be four thousand. May be shared between threads.
 */
final class NameDataset implements Dataset {
    private final Grams[] grams;
    private final int[] labels;
    private final int classes;

    /**
     * The data set of some names.
     *
     * @param names at least one
     * @param classes the number of languages
     */
    NameDataset(List<Name> names, int classes) {
        this.grams = names.stream().map(name -> NgramFeatures.of(name.text())).toArray(Grams[]::new);
        this.labels = names.stream().mapToInt(Name::language).toArray();
        this.classes = classes;
    }

    @Override
    public int size() {
        return grams.length;
    }

    @Override
    public int inputSize() {
        return NgramFeatures.BUCKETS;
    }

    @Override
    public int outputs() {
        return classes;
    }

    @Override
    public void fill(int[] indices, int from, int count, Batch batch) {
        float[] inputs = batch.inputs();
        int[] expected = batch.labels();
        for (int row = 0; row < count; row++) {
            int index = indices[from + row];
            NgramFeatures.write(grams[index], inputs, row * NgramFeatures.BUCKETS);
            expected[row] = labels[index];
        }
        batch.setSize(count);
    }
}

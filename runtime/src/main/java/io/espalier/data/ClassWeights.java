package io.espalier.data;

/** Weights for classes of which some have more examples than others. */
public final class ClassWeights {
    /** Examples that are looked at together. */
    private static final int BATCH = 256;

    private ClassWeights() {}

    /**
     * Weights that let every class count for as much as any other: n / (K · n<sub>c</sub>) for the n<sub>c</sub> of n examples
     * that are of class c, one of K (King and Zeng, 2001; scikit-learn's "balanced"). Their mean over the examples is 1.
     *
     * @param dataset examples with class indices or soft targets, of which each share counts; gone through once
     * @return a weight for each class, above 0
     * @throws IllegalArgumentException if a class has no examples, or the data set has no classes
     */
    public static float[] balanced(Dataset dataset) {
        int classes = dataset.outputs();
        double[] counts = new double[classes];
        BatchSequence batches = BatchSequence.inOrder(dataset, BATCH);
        Batch batch = batches.newBatch();
        while (batches.next(batch)) {
            switch (batch.targets()) {
                case ClassIndices indices -> {
                    for (int row = 0; row < batch.size(); row++) {
                        counts[indices.values()[row]]++;
                    }
                }
                case SoftTargets soft -> {
                    for (int i = 0; i < batch.size() * classes; i++) {
                        counts[i % classes] += soft.values()[i];
                    }
                }
                case IndependentLabels labels -> throw withoutClasses("independent labels");
                case TargetValues values -> throw withoutClasses("values");
            }
        }
        float[] weights = new float[classes];
        for (int c = 0; c < classes; c++) {
            if (!(counts[c] > 0)) {
                throw new IllegalArgumentException("Class " + c + " has none of the " + dataset.size()
                        + " examples, so that no weight can balance it; give weights of your own");
            }
            weights[c] = (float) (dataset.size() / (classes * counts[c]));
        }
        return weights;
    }

    private static IllegalArgumentException withoutClasses(String targets) {
        return new IllegalArgumentException(
                "The data set has " + targets + " instead of classes, which have no class weights");
    }
}

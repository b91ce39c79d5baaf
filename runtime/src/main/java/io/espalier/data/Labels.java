package io.espalier.data;

/** The checks that every data set over arrays makes of its labels. */
final class Labels {
    private Labels() {}

    static void check(int[] labels, int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("A data set needs at least one class, but classes is " + classes);
        }
        if (labels.length == 0) {
            throw new IllegalArgumentException("A data set needs at least one example, but there is no label");
        }
        for (int example = 0; example < labels.length; example++) {
            if (labels[example] < 0 || labels[example] >= classes) {
                throw new IllegalArgumentException(outOfRange(example, labels[example], classes));
            }
        }
    }

    static String outOfRange(int example, int label, int classes) {
        return "The label of example " + example + " is " + label + ", but the classes are 0 to " + (classes - 1) + " ("
                + classes + " classes)";
    }
}

package io.espalier.processor.ir;

/**
 * Where a value lies. Values that are not needed at the same time may lie in one array, each under a name of its own.
 *
 * @param name what the value's array is called where the value is meant
 * @param field what the field is called that holds the array: after the first value that lies there
 * @param kind where the array comes from
 * @param number which of its kind; values of one kind and number lie in one array
 * @param stride elements that an example has there, at least as many as the value needs
 */
public record Storage(String name, String field, Kind kind, int number, int stride) {
    /** Where an array comes from. */
    public enum Kind {
        /** It is what entered the region. */
        INPUT,
        /** The run of a region has it for itself. */
        OWN,
        /** All regions share it, each while it is at work. */
        SHARED,
        /** Each thread has one for the examples of its task; all regions share it. */
        TILE,
        /** Whoever runs the region gave it for the gradient that comes in, and for the one that goes out if that is as long. */
        GRADIENT,
        /** Whoever runs the region gave it for the gradient that goes out, where that is longer or shorter. */
        INPUT_GRADIENT,
        /** Whoever runs the region gave it for what leaves. */
        OUTPUT,
        /** A run of another region handed it back: what left that one. */
        RUN
    }

    /** Whether two values lie in one array. */
    public boolean isSameArray(Storage other) {
        return kind == other.kind && number == other.number;
    }
}

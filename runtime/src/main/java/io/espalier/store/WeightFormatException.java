package io.espalier.store;

import java.io.IOException;
import java.nio.file.Path;

/** A weight file is malformed, or does not belong to the network that is to load it. Says which file, where and why. */
public final class WeightFormatException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 300;

    private final transient Path file;
    /** Where in the file the fault is. */
    private final String place;

    /**
     * Says what is wrong.
     *
     * @param file the file at fault
     * @param place where in the file, in a few words
     * @param problem what was found there and what was expected
     */
    public WeightFormatException(Path file, String place, String problem) {
        super(file + ", " + place + ": " + problem);
        this.file = file;
        this.place = place;
    }

    /**
     * The file at fault.
     *
     * @return its path as the caller gave it
     */
    public Path file() {
        return file;
    }

    /**
     * Where in the file, for example {@code header, tensor 'logits.dense.weight', data_offsets}.
     *
     * @return a few words for people to read
     */
    public String place() {
        return place;
    }

    /** A text of a file, fit for a message: a forged one may be megabytes long or hold a terminal's control codes. */
    static String shown(String text) {
        String start = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}

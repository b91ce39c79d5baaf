package io.espalier.data;

import java.io.IOException;
import java.nio.file.Path;

/** A file of examples is malformed, or does not hold what it is to be read as. Says which file, where and why. */
public final class DataFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 100;

    private final transient Path file;
    /** Where in the file the fault is. */
    private final String place;

    DataFileException(Path file, String place, String problem) {
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
     * Where in the file, for example {@code byte 4} or {@code line 17, column 'age'}.
     *
     * @return a few words for people to read
     */
    public String place() {
        return place;
    }

    /** A text of a file, fit for a message: it may be megabytes long or hold a terminal's control codes. */
    static String shown(String text) {
        String start = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}

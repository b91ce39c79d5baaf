package io.espalier.eclipse;

import java.util.List;
import java.util.Map;

/** A Java project in an Eclipse workspace that processes annotations with Espalier. */
public interface EclipseProject {
    /** Writes a source file, such as {@code demo/Small.java}, as an editor does when it saves. */
    void save(String path, String text);

    /** Builds what changed since the last build, as Eclipse does after saving, and gives all problems of the project. */
    List<Problem> buildChanged();

    /** Builds everything anew and gives all problems of the project. */
    List<Problem> buildAll();

    /** The generated sources by their path, such as {@code demo/SmallNetwork.java}. */
    Map<String, String> generated();
}

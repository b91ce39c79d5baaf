package io.espalier.eclipse;

import java.util.List;
import java.util.Map;

/** A Java project in an Eclipse workspace that processes annotations with Espalier. */
public interface EclipseProject {
    /** Writes a source file, such as {@code demo/Small.java}, as an editor does when it saves. */
    void save(String path, String text);

    /** Sets an option of processors, as in the project's properties. */
    void processorOption(String key, String value);

    /** Sets one of the project's settings of Eclipse's compiler. */
    void setting(String key, String value);

    /** Builds what changed since the last build, as Eclipse does after saving, and gives all problems of the project. */
    List<Problem> buildChanged();

    /** Builds everything anew and gives all problems of the project. */
    List<Problem> buildAll();

    /** The generated sources by their path, such as {@code demo/SmallNetwork.java}. */
    Map<String, String> generated();
}

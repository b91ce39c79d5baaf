package io.espalier.eclipse;

/**
 * A problem as Eclipse shows it.
 *
 * @param file the file's path in the project
 * @param line its line, from 1
 * @param error whether it is an error, not a warning
 * @param text what it says
 */
public record Problem(String file, int line, boolean error, String text) {}

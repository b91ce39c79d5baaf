package io.espalier.processor.locate;

/**
 * A piece of a text. Lines and columns count from 1, columns in chars; a tab is one.
 *
 * @param startLine line of the first character
 * @param startColumn column of the first character
 * @param endLine line of the last character
 * @param endColumn column behind the last character
 */
public record TextSpan(int startLine, int startColumn, int endLine, int endColumn) {}

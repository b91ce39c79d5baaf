package io.espalier.samples.languages;

/**
 * What one thing is called in one language.
 *
 * @param text the name as the JDK has it
 * @param item the thing
 * @param language index into {@link Names#languages()}
 */
record Name(String text, Item item, int language) {}

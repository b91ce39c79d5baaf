package io.espalier.processor.corpus;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A model that an operator made of one of the corpus.
 *
 * @param operator what was done
 * @param site where
 * @param text the source, with marks that say what is to be found in it
 */
record Mutant(String operator, Site site, String text) {
    private static final Pattern MARK = Pattern.compile("/\\*(?:ERROR|WARNING) (\\w+)\\*/");

    /** The rules that are to find something. */
    Set<String> rules() {
        return MARK.matcher(text).results().map(mark -> mark.group(1)).collect(TreeSet::new, Set::add, Set::addAll);
    }

    @Override
    public String toString() {
        return operator + ", at " + site;
    }
}

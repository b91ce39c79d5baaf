package io.espalier.samples.languages;

import java.util.List;
import java.util.stream.IntStream;

/** The names, which take seconds to read, read once for all tests. */
final class TestNames {
    static final Names ALL = Names.ofThisJdk();

    private TestNames() {}

    /** Every so many of the names: enough to run through, too few to learn much from. */
    static LanguageData everySo(int many) {
        List<Name> all = ALL.all();
        List<Name> some = IntStream.range(0, all.size())
                .filter(i -> i % many == 0)
                .mapToObj(all::get)
                .toList();
        return LanguageData.of(ALL.languages(), some);
    }
}

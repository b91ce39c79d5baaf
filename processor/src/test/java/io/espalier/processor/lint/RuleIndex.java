package io.espalier.processor.lint;

/** The tables of the index page, one for each group of rules, made from what the rules say of themselves. */
final class RuleIndex {
    private static final String BEGIN = "<!-- The tables are generated from the rules, by RulePagesTest. -->\n";
    private static final String END = "<!-- Behind the tables. -->\n";

    private RuleIndex() {}

    /** The page with its tables as they must be. */
    static String in(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new AssertionError("the index has no place for its tables: put these lines into it\n" + BEGIN + END);
        }
        return page.substring(0, begin + BEGIN.length()) + tables() + page.substring(end);
    }

    private static String tables() {
        StringBuilder tables = new StringBuilder();
        for (RuleInfo.Group group : RuleInfo.Group.values()) {
            tables.append("\n### %s\n\n| rule | grade | catches | source |\n| --- | --- | --- | --- |\n"
                    .formatted(group.title()));
            for (RuleInfo rule : Lint.rules()) {
                if (rule.group() == group) {
                    tables.append("| [%s](%s.md) | %s | %s | %s |\n"
                            .formatted(rule.id(), rule.id(), rule.severity(), rule.summary(), rule.source()));
                }
            }
        }
        return tables.append('\n').toString();
    }
}

package io.espalier.processor.lint;

import io.espalier.processor.read.ElementName;
import io.espalier.processor.read.NetworkDeclaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;

/**
 * The suppressions that silence nothing in a whole compilation. It speaks of those on networks, on blocks and stages that
 * networks reach, and on what encloses these; what one network of several that share a block needs is needed.
 */
public final class UnneededSuppressions {
    /** The option that says what to make of them. */
    public static final String KEY = "espalier.unneededSuppressions";

    /** The id in brackets; as the name of a rule it silences these findings too. */
    static final String ID = "UnneededSuppression";

    /** What these findings say of themselves; no rule of a network. */
    public static final RuleInfo RULE = new RuleInfo(
            ID,
            RuleInfo.Group.MISTAKES,
            RuleInfo.Severity.WARNING,
            "a suppression of the lint that silences nothing",
            "definition of the language");

    private final Set<ElementName> holders = new LinkedHashSet<>();
    private final Set<SuppressionKey.Id> needed = new HashSet<>();
    private boolean complete = true;

    /**
     * Takes note of a network that was checked.
     *
     * @param network the network
     * @param verdict what came of it
     */
    public void add(NetworkDeclaration network, Verdict verdict) {
        network.models()
                .flatMap(model -> Stream.concat(
                        Stream.of(model.type()),
                        model.stages().stream().map(stage -> stage.point().element())))
                .forEach(element -> outermostFirst(element).forEach(holder -> holders.add(ElementName.of(holder))));
        needed.addAll(verdict.needed());
        complete &= verdict.complete();
    }

    /** Takes note of a network that could not be checked: what it needs nobody knows. */
    public void addUnchecked() {
        complete = false;
    }

    /**
     * The findings of the compilation, when all networks are known. As long as one is not understood altogether, only
     * those of which it is certain.
     *
     * @param elements the compiler's elements of this round
     * @param grade the grade of the findings
     */
    public Verdict findings(Elements elements, Grade grade) {
        List<SuppressionKey> keys = holders.stream()
                .flatMap(holder -> holder.find(elements).stream())
                .flatMap(holder -> SuppressionKey.on(holder).stream())
                .toList();
        Suppressions suppressions = new Suppressions();
        List<Finding> shown = new ArrayList<>();
        List<Finding> silenced = new ArrayList<>();
        for (boolean ownKeys : new boolean[] {false, true}) {
            for (SuppressionKey key : keys) {
                Optional<String> problem = key.rule().equals(ID) == ownKeys ? problem(key) : Optional.empty();
                if (problem.isPresent()) {
                    Optional<SuppressionKey> silencing = ownKeys
                            ? Optional.empty()
                            : suppressions.silencingByName(ID, key.point().element());
                    silencing.ifPresent(other -> needed.add(other.id()));
                    String text = "\"" + key.text() + "\" on " + place(key.id().holder()) + " silences nothing"
                            + problem.get();
                    (silencing.isPresent() ? silenced : shown)
                            .add(new Finding(ID, grade, key.point(), text, key.point()));
                }
            }
        }
        return new Verdict(shown, silenced, Set.of(), complete);
    }

    /** Why a word silences nothing, if it does not. */
    private Optional<String> problem(SuppressionKey key) {
        String rule = key.rule();
        Optional<RuleInfo> known =
                Lint.rules().stream().filter(info -> info.id().equals(rule)).findFirst();
        boolean named = !key.text().equals(SuppressionKey.ALL);
        if (named && known.isEmpty() && !rule.equals(ID)) {
            String near = NearName.question(rule, Lint.ruleIds());
            return Optional.of(", because there is no rule of that name."
                    + (near.isEmpty() ? " The rules are: " + String.join(", ", Lint.ruleIds()) : near));
        }
        if (known.isPresent() && !known.get().severity().isRegradable()) {
            return Optional.of(", because what " + rule
                    + " finds stays an error: no code could be generated from it. Take it out.");
        }
        if (!complete || needed.contains(key.id())) {
            return Optional.empty();
        }
        return Optional.of(": no finding" + (named ? " of " + rule : "") + " there needs it. Take it out.");
    }

    private static String place(ElementName holder) {
        return switch (holder.kind()) {
            case MODULE -> "the module " + holder.qualified();
            case PACKAGE -> "the package " + holder.qualified();
            case TYPE -> holder.qualified();
            case FIELD -> "'" + holder.field() + "'";
        };
    }

    private static List<Element> outermostFirst(Element element) {
        List<Element> chain = new ArrayList<>();
        for (Element at = element; at != null; at = at.getEnclosingElement()) {
            chain.addFirst(at);
        }
        return chain;
    }
}

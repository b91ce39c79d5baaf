package io.espalier.processor;

import io.espalier.processor.lint.Grade;
import io.espalier.processor.lint.UnneededSuppressions;
import io.espalier.processor.lint.Verdict;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.Origins;
import io.espalier.processor.sarif.SarifLog;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What came of all the networks of a compilation: shown at once, and judged and written as a whole in the end. */
final class Outcome {
    private final Elements elements;
    private final Diagnostics diagnostics;
    private final ProcessorOptions options;
    private final UnneededSuppressions suppressions = new UnneededSuppressions();
    private final Optional<SarifLog> log;

    Outcome(Elements elements, Origins origins, Diagnostics diagnostics, ProcessorOptions options) {
        this.elements = elements;
        this.diagnostics = diagnostics;
        this.options = options;
        this.log = options.sarif().map(file -> new SarifLog(elements, origins, options.mistakes()));
    }

    /** Takes what was found in a network. */
    void checked(NetworkDeclaration network, Verdict verdict) {
        diagnostics.report(verdict.findings());
        suppressions.add(network, verdict);
        log.ifPresent(sarif -> sarif.add(verdict));
    }

    /** Takes note of a network about which nothing can be said for sure. */
    void unchecked(TypeElement network) {
        suppressions.addUnchecked();
        log.ifPresent(sarif -> sarif.addUnchecked(network.getQualifiedName().toString()));
    }

    /** The last round is over: there are no more networks. */
    void finish() {
        options.unneededSuppressions().ifPresent(this::reportUnneeded);
        options.sarif()
                .flatMap(file -> log.flatMap(sarif -> sarif.write(file)))
                .ifPresent(problem -> diagnostics.option("-A" + SarifLog.KEY + ": " + problem));
    }

    private void reportUnneeded(Grade grade) {
        Verdict verdict = suppressions.findings(elements, grade);
        diagnostics.report(verdict.findings());
        log.ifPresent(sarif -> sarif.add(verdict));
    }
}

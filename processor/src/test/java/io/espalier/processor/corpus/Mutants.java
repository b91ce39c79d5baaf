package io.espalier.processor.corpus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The corpus and the models that operators make of it; what is to be found in these is stated with each operator. */
final class Mutants {
    private final List<CorpusModel> corpus = CorpusModel.all();
    private final List<Mutant> mutants = new ArrayList<>();

    private Mutants() {
        corpus.forEach(
                model -> mutants.add(new Mutant("", model.sites().toList().getFirst(), model.text())));
    }

    /** The corpus as it is, and all that is made of it. */
    static List<Mutant> ofEveryOperator() {
        Mutants made = new Mutants();
        new NoiseOperators(made).apply();
        new ConsecutiveNoiseOperators(made).apply();
        new BatchNormOperators(made).apply();
        new DropPathOperators(made).apply();
        new TrainingOperators(made).apply();
        new OutputOperators(made).apply();
        new LinearOperators(made).apply();
        new ValueOperators(made).apply();
        new StructureOperators(made).apply();
        new HarmlessOperators(made).apply();
        return made.mutants;
    }

    /** The corpus, as it is to be judged where the compiler does not see the vector module. */
    static List<Mutant> withoutTheVectorModule() {
        Mutants made = new Mutants();
        made.mutants.clear();
        made.operator("compiled without the vector module")
                .at(made.networks().filter(site -> site.model().networks().size() == 1), site -> site.change()
                        .before("Network", error("VectorModuleMissing")));
        return made.mutants;
    }

    /** The sites of some sort in the whole corpus. */
    Stream<Site> sites(Predicate<Site> which) {
        return corpus.stream().flatMap(CorpusModel::sites).filter(which);
    }

    /** All networks. */
    Stream<Site> networks() {
        return sites(site -> site.stage().isEmpty() && site.type().isNetwork());
    }

    /** The last stages of all networks. */
    Stream<Site> outputs() {
        return sites(site -> site.type().isNetwork()
                && site.stage().filter(site.type().output()::equals).isPresent());
    }

    /** All stages that have an annotation. */
    Stream<Site> stages(String annotation) {
        return sites(site -> site.stage().isPresent() && site.has(annotation));
    }

    /** Sites by their whole paths. */
    Stream<Site> sites(String... paths) {
        return Stream.of(paths).map(path -> corpus.stream()
                .filter(model -> path.equals(model.name()) || path.startsWith(model.name() + "."))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no model of " + path))
                .site(path));
    }

    /** An error to be found at what follows in the text. */
    static String error(String rule) {
        return "/*ERROR " + rule + "*/ ";
    }

    /** A warning to be found at what follows in the text. */
    static String warning(String rule) {
        return "/*WARNING " + rule + "*/ ";
    }

    /** A systematic change; the name says what was done. */
    Operator operator(String name) {
        return new Operator(name);
    }

    /** A change that is made at many sites, and the sites at which it comes to something else. */
    final class Operator {
        private final String name;
        private final Map<String, Function<Site, Stream<Change>>> exceptions = new HashMap<>();

        private Operator(String name) {
            this.name = name;
        }

        /** States what the change comes to at one of the sites, and in the caller's comment why. */
        Operator except(String path, Function<Site, Change> change) {
            exceptions.put(path, site -> Stream.of(change.apply(site)));
            return this;
        }

        /** Leaves sites out at which the change is none, or not what its name says. */
        Operator leavingOut(String... paths) {
            Stream.of(paths).forEach(path -> exceptions.put(path, site -> Stream.empty()));
            return this;
        }

        /** Makes the mutants. */
        void at(Stream<Site> sites, Function<Site, Change> change) {
            Map<String, Function<Site, Stream<Change>>> left = new HashMap<>(exceptions);
            sites.forEach(site -> {
                Function<Site, Stream<Change>> exception = left.remove(site.path());
                (exception == null ? Stream.of(change.apply(site)) : exception.apply(site))
                        .forEach(made -> mutants.add(new Mutant(name, site, made.text())));
            });
            if (!left.isEmpty()) {
                throw new AssertionError("'" + name + "' does not come to " + left.keySet());
            }
        }
    }
}

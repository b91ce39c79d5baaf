package io.espalier.processor.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A well-known architecture: a source under {@code src/test/resources/corpus}, and where in its text the classes, stages
 * and annotations are. It is read as plain text, so that what is expected of its mutations owes nothing to the processor.
 *
 * @param name the file's name, without its ending
 * @param text the file
 * @param types its networks and blocks
 */
record CorpusModel(String name, String text, List<TypeText> types) {
    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/corpus");

    private static final String ANNOTATIONS = "((?:@\\w+(?:\\([^()]*\\))?\\s+)*)";
    private static final Pattern TYPE = Pattern.compile(ANNOTATIONS + "(?:static )?(?:final )?(?:class|record) (\\w+)");
    private static final Pattern STAGE = Pattern.compile(ANNOTATIONS + "([A-Z]\\w*) (\\w+)(?=[;,)])");
    private static final Pattern ANNOTATION = Pattern.compile("@(\\w+)(\\([^()]*\\))?");

    /** The whole corpus, by name. */
    static List<CorpusModel> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().map(CorpusModel::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusModel read(Path file) {
        try {
            String text = Files.readString(file);
            return new CorpusModel(file.getFileName().toString().replace(".java", ""), text, types(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TypeText> types(String text) {
        List<TypeText> types = new ArrayList<>();
        int documented = text.indexOf("*/") + 2;
        Matcher type = TYPE.matcher(text).region(documented, text.length());
        while (type.find()) {
            Matcher next = TYPE.matcher(text).region(type.end(), text.length());
            int end = next.find() ? next.start() : text.length();
            // A class around models has no stages.
            if (!type.group(1).isEmpty()) {
                types.add(new TypeText(type.group(2), annotations(type), stages(text, type.end(), end)));
            }
        }
        return types;
    }

    private static List<StageText> stages(String text, int from, int to) {
        List<StageText> stages = new ArrayList<>();
        Matcher stage = STAGE.matcher(text).region(from, to);
        while (stage.find()) {
            stages.add(
                    new StageText(stage.group(2), stage.group(3), annotations(stage), stage.start(), stage.start(2)));
        }
        return stages;
    }

    /** Those of the first group of a declaration. */
    private static List<AnnotationText> annotations(Matcher declaration) {
        List<AnnotationText> annotations = new ArrayList<>();
        Matcher annotation = ANNOTATION.matcher(declaration.group(1));
        while (annotation.find()) {
            annotations.add(new AnnotationText(
                    annotation.group(1),
                    annotation.group(),
                    declaration.start(1) + annotation.start(),
                    declaration.start(1) + annotation.end()));
        }
        return annotations;
    }

    List<TypeText> networks() {
        return types.stream().filter(TypeText::isNetwork).toList();
    }

    /** Whether it has records, in which Eclipse's compiler in its batch form finds no places. */
    boolean hasRecords() {
        return text.contains("record ");
    }

    /** All sites, each type before its stages. */
    Stream<Site> sites() {
        return types.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(new Site(this, type, Optional.empty())),
                        type.stages().stream().map(stage -> new Site(this, type, Optional.of(stage)))));
    }

    /** The one site whose path ends in these names. */
    Site site(String path) {
        List<Site> found =
                sites().filter(site -> ("." + site.path()).endsWith("." + path)).toList();
        if (found.size() != 1) {
            throw new AssertionError(path + " in " + name + " is " + found);
        }
        return found.getFirst();
    }

    /** The qualified name of the class that is written for one of its networks. */
    String generated(TypeText network) {
        String nested = network.name().equals(name) ? "" : name + "_";
        return "corpus." + nested + network.name() + "Network";
    }

    @Override
    public String toString() {
        return name;
    }
}

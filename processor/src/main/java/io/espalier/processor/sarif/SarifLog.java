package io.espalier.processor.sarif;

import io.espalier.processor.lint.Finding;
import io.espalier.processor.lint.Verdict;
import io.espalier.processor.read.Origins;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.util.Elements;

/** Gathers what was found in a compilation, and writes it as a SARIF file in the end. */
public final class SarifLog {
    /** The option that names the file. */
    public static final String KEY = "espalier.sarif";

    private final Origins origins;
    private final Locator locator;
    private final Set<Result> results = new LinkedHashSet<>();
    private final List<String> failures;

    /**
     * The log of one compilation.
     *
     * @param elements the compiler's elements
     * @param origins tells sources from class files
     * @param mistakes what is wrong with the options
     */
    public SarifLog(Elements elements, Origins origins, List<String> mistakes) {
        this.origins = origins;
        this.failures = new ArrayList<>(mistakes);
        this.locator = new Locator(elements, origins);
    }

    /**
     * Takes what was found in a network, or in the compilation as a whole. What another network that shares a block has brought
     * is not repeated.
     *
     * @param verdict what was found
     */
    public void add(Verdict verdict) {
        verdict.findings().forEach(finding -> add(finding, false));
        verdict.silenced().forEach(finding -> add(finding, true));
    }

    private void add(Finding finding, boolean silenced) {
        Location location = locator.locate(finding.point(), finding.shownAt().element());
        String note = origins.isSource(finding.point().element())
                ? ""
                : " (This stands in " + location.name() + ", which comes from a class file.)";
        results.add(new Result(finding.rule(), finding.grade(), finding.text() + note, silenced, location));
    }

    /**
     * Takes note of a network that could not be checked.
     *
     * @param network the network's qualified name
     */
    public void addUnchecked(String network) {
        failures.add(network + " could not be checked. The compiler says why.");
    }

    /**
     * Writes the file, beside and then renamed, with the directories that it needs.
     *
     * @param file where to
     * @return why it could not be written, if it could not
     */
    public Optional<String> write(Path file) {
        Path target = file.toAbsolutePath().normalize();
        Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            if (Files.isDirectory(target)) {
                return Optional.of(target + " is a directory. Name a file in it");
            }
            Files.createDirectories(target.resolveSibling(""));
            try {
                Files.write(
                        beside,
                        SarifDocument.bytes(
                                results.stream().sorted(Result.ORDER).toList(), failures));
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            return Optional.of(e.getFile() + " is a file where a directory is needed");
        } catch (AccessDeniedException e) {
            return Optional.of("access to " + e.getFile() + " is denied");
        } catch (FileSystemException e) {
            return Optional.of(target + " could not be written: " + e.getMessage());
        } catch (IOException e) {
            return Optional.of(target + " could not be written: " + e);
        } catch (NoClassDefFoundError e) {
            // Nothing else needs it, so that a processor path written by hand may well lack it.
            return Optional.of(
                    target + " could not be written, because jackson-core is not on the processor path. Add it"
                            + " beside espalier-processor");
        }
    }
}

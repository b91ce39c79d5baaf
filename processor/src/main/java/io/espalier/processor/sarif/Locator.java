package io.espalier.processor.sarif;

import io.espalier.processor.locate.SourceText;
import io.espalier.processor.locate.Spot;
import io.espalier.processor.locate.TextSpan;
import io.espalier.processor.read.ElementName;
import io.espalier.processor.read.Origins;
import io.espalier.processor.read.SourcePoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** Finds files and places for the points of findings, as long as their elements last. */
final class Locator {
    private final Elements elements;
    private final Origins origins;
    private final Map<URI, Optional<SourceText>> texts = new HashMap<>();
    private final Map<Path, Optional<Path>> roots = new HashMap<>();

    Locator(Elements elements, Origins origins) {
        this.elements = elements;
        this.origins = origins;
    }

    /**
     * The location of a point.
     *
     * @param point the point
     * @param home what to show instead of a point in a class file
     */
    Location locate(SourcePoint point, Element home) {
        SourcePoint shown = origins.isSource(point.element()) ? point : SourcePoint.of(home);
        Optional<JavaFileObject> file = file(shown.element());
        Optional<TextSpan> span = file.flatMap(this::text).flatMap(text -> text.find(spot(shown)));
        ElementName name = ElementName.of(point.element());
        String kind =
                switch (name.kind()) {
                    case MODULE -> "module";
                    case PACKAGE -> "namespace";
                    case TYPE -> "type";
                    case FIELD -> "member";
                };
        String qualified = name.field().isEmpty() ? name.qualified() : name.qualified() + "." + name.field();
        return new Location(file.map(this::uri), span, qualified, kind, part(point));
    }

    private static String part(SourcePoint point) {
        AnnotationMirror mirror = point.mirror();
        if (mirror == null) {
            return "";
        }
        String annotation = "@" + mirror.getAnnotationType().asElement().getSimpleName();
        return point.member().isEmpty() ? annotation : annotation + "." + point.member();
    }

    private static Spot spot(SourcePoint point) {
        List<String> types = new ArrayList<>();
        for (Element at = point.element(); at != null; at = at.getEnclosingElement()) {
            if (at instanceof TypeElement type) {
                types.addFirst(type.getSimpleName().toString());
            }
        }
        AnnotationMirror mirror = point.mirror();
        return new Spot(
                types,
                ElementName.of(point.element()).field(),
                mirror == null ? "" : mirror.getAnnotationType().toString(),
                point.member(),
                point.item());
    }

    /** Compilers know the files of types; editors need not. */
    private Optional<JavaFileObject> file(Element element) {
        Element outermost = element;
        while (outermost.getEnclosingElement() instanceof TypeElement outer) {
            outermost = outer;
        }
        try {
            return Optional.ofNullable(elements.getFileObjectOf(outermost))
                    .filter(file -> file.getKind() == JavaFileObject.Kind.SOURCE);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<SourceText> text(JavaFileObject file) {
        return texts.computeIfAbsent(file.toUri(), unused -> {
            try {
                return Optional.of(new SourceText(file.getCharContent(true).toString()));
            } catch (IOException | RuntimeException e) {
                return Optional.empty();
            }
        });
    }

    /** Relative to the directory that the source's repository is checked out in, where there is one. */
    private Location.SourceUri uri(JavaFileObject file) {
        URI uri = file.toUri();
        if (!"file".equals(uri.getScheme())) {
            return new Location.SourceUri(uri.toString(), false);
        }
        Path path = Path.of(uri).toAbsolutePath().normalize();
        Optional<Path> root = root(path.getParent());
        return root.map(directory -> new Location.SourceUri(
                        directory.toUri().relativize(path.toUri()).toString(), true))
                .orElseGet(() -> new Location.SourceUri(path.toUri().toString(), false));
    }

    private Optional<Path> root(@Nullable Path directory) {
        if (directory == null) {
            return Optional.empty();
        }
        Optional<Path> known = roots.get(directory);
        if (known == null) {
            known = Files.exists(directory.resolve(".git")) ? Optional.of(directory) : root(directory.getParent());
            roots.put(directory, known);
        }
        return known;
    }
}

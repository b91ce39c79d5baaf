package io.espalier.processor;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.read.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileManager.Location;

/**
 * Writes emitted classes, and opens class files: the only class that speaks to the compiler's {@link Filer}. Each class comes
 * from one network alone, says so to the compiler, and carries {@code @Generated} without a date, so that it is the same in
 * every build.
 */
final class SourceWriter {
    private static final String GENERATED = "javax.annotation.processing.Generated";
    private static final String INDENT = "    ";

    /** What emitted code names of {@code java.lang}: it is imported only where a class of the same name beside it hides one. */
    private static final List<String> IN_JAVA_LANG =
            List.of("Float", "IllegalStateException", "Math", "Override", "String");

    private final Filer filer;
    private final Elements elements;
    private final String generator;

    /**
     * Digests of the sources that were written, by name. Eclipse's builder may compile a network several times in one build,
     * and its filer takes a file once in all of them.
     */
    private final Map<String, UUID> written = new HashMap<>();

    /**
     * A writer.
     *
     * @param generator the name that goes into {@code @Generated}
     */
    SourceWriter(Filer filer, Elements elements, String generator) {
        this.filer = filer;
        this.elements = elements;
        this.generator = generator;
    }

    /**
     * Writes a class. Of the file's settings its comment is kept; static imports are not.
     *
     * @param file the emitted class
     * @param network what it was emitted from
     * @return why it could not be written, if it could not
     */
    Optional<String> write(JavaFile file, TypeElement network) {
        TypeSpec.Builder type = file.typeSpec.toBuilder();
        type.annotations.removeIf(annotation -> annotation.type.toString().equals(GENERATED));
        // A module need not read java.compiler, where the annotation lives.
        if (Visibility.find(elements, network, GENERATED).isPresent()) {
            type.addAnnotation(AnnotationSpec.builder(ClassName.bestGuess(GENERATED))
                    .addMember("value", "$S", generator)
                    .build());
        }
        JavaFile.Builder whole = JavaFile.builder(file.packageName, type.build())
                .skipJavaLangImports(IN_JAVA_LANG.stream().noneMatch(hidden -> isBeside(network, hidden)))
                .indent(INDENT);
        if (!file.fileComment.isEmpty()) {
            whole.addFileComment("$L", file.fileComment);
        }
        String name = file.packageName.isEmpty() ? file.typeSpec.name : file.packageName + "." + file.typeSpec.name;
        String text = whole.build().toString();
        UUID digest = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        try (Writer out = filer.createSourceFile(name, network).openWriter()) {
            out.write(text);
            written.put(name, digest);
            return Optional.empty();
        } catch (FilerException e) {
            if (digest.equals(written.get(name))) {
                return Optional.empty();
            }
            return Optional.of(
                    "the class " + name + " is there already, says the compiler (" + e.getMessage()
                            + "). If it is yours, rename it or the model; if an earlier build left it, clean that build's output");
        } catch (IOException | InvalidPathException e) {
            // The latter from Eclipse's compiler, where the encoding of the machine's file names lacks a letter of it.
            return Optional.of("the class " + name + " could not be written: " + e.getMessage());
        }
    }

    /** Opens a file of the compilation, which {@link Filer#getResource} may refuse in many ways. */
    InputStream open(Location location, String packageName, String name) throws IOException {
        return filer.getResource(location, packageName, name).openInputStream();
    }

    /** Whether the package of a network has a class of that name. */
    private boolean isBeside(TypeElement network, String simpleName) {
        String packageName = elements.getPackageOf(network).getQualifiedName().toString();
        String name = packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
        return Visibility.find(elements, network, name).isPresent();
    }
}

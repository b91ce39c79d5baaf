package io.espalier.processor.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/**
 * Where types come from: the source that is being compiled, or class files, which is what the unchanged rest of a program is
 * in an incremental build. Messages cannot point into class files, and the order of their fields must be looked up.
 */
public final class Origins {
    private final Elements elements;
    private final Folders folders;
    private final Set<String> compiled = new HashSet<>();

    /** Opens the files of a compilation. */
    @FunctionalInterface
    public interface Folders {
        /**
         * Opens a file of a package.
         *
         * @param location where to look
         * @param packageName the package
         * @param name the file's name in it
         * @return the bytes
         * @throws IOException if there is none, or it cannot be read
         * @throws RuntimeException if the compiler cannot look there
         */
        InputStream open(Location location, String packageName, String name) throws IOException;
    }

    private interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * The origins of the types of one compilation.
     *
     * @param elements the compiler's elements
     * @param folders looks for class files of which the elements do not say where they are
     */
    public Origins(Elements elements, Folders folders) {
        this.elements = elements;
        this.folders = folders;
    }

    /**
     * Notes what a round compiles.
     *
     * @param roots the round's root elements
     */
    public void compiling(Set<? extends Element> roots) {
        for (Element root : roots) {
            if (root instanceof TypeElement type) {
                compiled.add(type.getQualifiedName().toString());
            }
        }
    }

    /**
     * Whether an element comes from source. An editor does not know the files of its sources and says so by an exception of a
     * kind of its own; of a class file it tells the path, nothing (Eclipse's own output folder), or fails (a jar).
     *
     * @param element a type or a part of one
     * @return false for what comes from a class file
     */
    public boolean isSource(Element element) {
        Optional<TypeElement> outermost = outermost(element);
        if (outermost.isPresent()
                && compiled.contains(outermost.get().getQualifiedName().toString())) {
            return true;
        }
        try {
            JavaFileObject file = elements.getFileObjectOf(element);
            return file != null && file.getKind() == JavaFileObject.Kind.SOURCE;
        } catch (UnsupportedOperationException e) {
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * The instance fields of a type from a class file, in the file's order, which is that of the source for both compilers.
     *
     * @param type the type
     * @return the fields' names; empty if the file cannot be found or read
     */
    Optional<List<String>> fieldsInClassFile(TypeElement type) {
        String binaryName = elements.getBinaryName(type).toString();
        String inPackage = binaryName.substring(binaryName.lastIndexOf('.') + 1) + ".class";
        PackageElement home = elements.getPackageOf(type);
        String packageName = home.getQualifiedName().toString();
        return fields(binaryName, () -> elements.getFileObjectOf(type).openInputStream())
                .or(() -> fields(binaryName, () -> folders.open(StandardLocation.CLASS_PATH, packageName, inPackage)))
                .or(() ->
                        fields(binaryName, () -> folders.open(StandardLocation.CLASS_OUTPUT, packageName, inPackage)));
    }

    private static Optional<List<String>> fields(String binaryName, Opener opener) {
        try (InputStream bytes = new BufferedInputStream(opener.open())) {
            return ClassFile.read(bytes)
                    .filter(file -> file.name().equals(binaryName))
                    .map(ClassFile::instanceFields);
        } catch (IOException | RuntimeException e) {
            // Compilers that cannot say where a class file is fail in ways of their own.
            return Optional.empty();
        }
    }

    private static Optional<TypeElement> outermost(Element element) {
        Element outer = element;
        while (outer != null
                && outer.getEnclosingElement() != null
                && !(outer.getEnclosingElement() instanceof PackageElement)
                && !(outer.getEnclosingElement() instanceof ModuleElement)) {
            outer = outer.getEnclosingElement();
        }
        return outer instanceof TypeElement type ? Optional.of(type) : Optional.empty();
    }
}

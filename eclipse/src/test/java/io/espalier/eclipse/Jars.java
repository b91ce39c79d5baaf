package io.espalier.eclipse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Jars, which is what Eclipse takes processors, libraries and bundles from. */
final class Jars {
    private Jars() {}

    /** The jar that a class comes from; one that is made in a directory if it comes from a directory of class files. */
    static Path of(Class<?> type, Path directory) throws IOException {
        Path home;
        try {
            home = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
        return Files.isDirectory(home)
                ? write(directory.resolve(type.getSimpleName() + ".jar"), Map.of(), files(home, ""))
                : home;
    }

    /** The class files of the package of a class. */
    static Map<String, byte[]> packageOf(Class<?> type) throws IOException {
        try {
            Path home = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return files(home, type.getPackageName().replace('.', '/') + "/");
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a jar. */
    static Path write(Path jar, Map<String, String> headers, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return jar;
    }

    /** The files of a directory whose names in it begin so. */
    static Map<String, byte[]> files(Path home, String prefix) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (name.startsWith(prefix) && !name.equals("META-INF/MANIFEST.MF")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}

package io.espalier.eclipse;

import com.squareup.javapoet.JavaFile;
import io.espalier.Layer;
import io.espalier.eclipse.inside.WorkspaceProject;
import io.espalier.eclipse.seed.SeedProcessor;
import io.espalier.processor.EspalierProcessor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.NullMarked;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Eclipse without its windows: an Equinox framework with the bundles of the test's class path, a workspace, and a bundle of
 * the package {@code inside}, which alone sees Eclipse's classes as Eclipse loads them.
 */
final class Eclipse {
    private static final String INSIDE = "io.espalier.eclipse.inside";

    /** What Eclipse's launcher starts first; the rest start when they are asked for. */
    private static final List<String> STARTED = List.of(
            "org.apache.felix.scr",
            "org.eclipse.core.contenttype",
            "org.eclipse.equinox.registry",
            "org.eclipse.core.runtime",
            "org.eclipse.core.resources");

    private final Path directory;
    private final Framework framework;
    private final Bundle inside;

    /** Starts Eclipse with a workspace in a directory. */
    Eclipse(Path directory) throws IOException, BundleException {
        this.directory = directory;
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        directory.resolve("configuration").toString(),
                        "osgi.instance.area",
                        directory.resolve("workspace").toUri().toString(),
                        // The interface between the two worlds is the test's own; the compiler's API is the JDK's.
                        "org.osgi.framework.bundle.parent",
                        "app",
                        "org.osgi.framework.bootdelegation",
                        "io.espalier.eclipse,javax.*"));
        framework.init();
        Map<String, Bundle> bundles = new TreeMap<>();
        for (Path jar : bundles()) {
            install(jar, bundles);
        }
        install(bundle("org.apache.ant", Map.of(), Map.of()), bundles);
        Map<String, String> required = Map.of(
                "Require-Bundle",
                "org.eclipse.core.runtime,org.eclipse.core.resources,org.eclipse.jdt.core,org.eclipse.jdt.apt.core");
        inside = install(bundle(INSIDE, required, Jars.packageOf(WorkspaceProject.class)), bundles);
        framework.start();
        for (Bundle bundle : bundles.values()) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
        for (String name : STARTED) {
            bundles.get(name).start();
        }
    }

    /** Makes a project whose class path has the runtime and further jars. */
    EclipseProject project(String name, Path... libraries) throws IOException, ReflectiveOperationException {
        List<Path> classPath = new ArrayList<>(List.of(libraries));
        classPath.add(Jars.of(Layer.class, directory));
        classPath.add(Jars.of(NullMarked.class, directory));
        List<Path> processors = List.of(
                Jars.of(EspalierProcessor.class, directory), Jars.of(JavaFile.class, directory), seedProcessor());
        return (EclipseProject) inside.loadClass(WorkspaceProject.class.getName())
                .getConstructor(String.class, List.class, List.class)
                .newInstance(name, classPath, processors);
    }

    /** Stops it. */
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(30_000);
    }

    private Path seedProcessor() throws IOException {
        Map<String, byte[]> entries = Jars.packageOf(SeedProcessor.class);
        entries.put(
                "META-INF/services/javax.annotation.processing.Processor",
                SeedProcessor.class.getName().getBytes(StandardCharsets.UTF_8));
        return Jars.write(directory.resolve("seed.jar"), Map.of(), entries);
    }

    private Path bundle(String name, Map<String, String> headers, Map<String, byte[]> entries) throws IOException {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Bundle-ManifestVersion", "2");
        all.put("Bundle-SymbolicName", name);
        all.put("Bundle-Version", "1.10.0");
        return Jars.write(directory.resolve(name + ".jar"), all, entries);
    }

    private Bundle install(Path jar, Map<String, Bundle> bundles) throws BundleException {
        BundleContext context = framework.getBundleContext();
        Bundle bundle = context.installBundle(jar.toUri().toString());
        bundles.put(bundle.getSymbolicName(), bundle);
        return bundle;
    }

    /** The bundles on the test's class path, save the framework and mere annotations. */
    private static List<Path> bundles() throws IOException {
        List<Path> bundles = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && Files.exists(Path.of(entry))) {
                try (JarFile jar = new JarFile(entry)) {
                    String name = jar.getManifest() == null
                            ? null
                            : jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                    String group = name == null ? "" : name.replaceAll(";.*", "");
                    if (group.matches("org\\.(eclipse|apache\\.felix|osgi)\\..*|com\\.sun\\.jna.*")
                            && !group.equals("org.eclipse.osgi")) {
                        bundles.add(Path.of(entry));
                    }
                }
            }
        }
        return bundles;
    }
}

package io.espalier.samples.verification;

import io.espalier.CompiledNetwork;
import io.espalier.MonteCarlo;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An emitted class, found among the compiled ones, so that networks that are added later are known by themselves.
 *
 * @param type the class, which need not be public
 */
record KnownNetwork(Class<? extends CompiledNetwork> type) {
    private static final String SUFFIX = ".class";

    /** All networks of the class path's directories, which are the project's own classes, by name. */
    static List<KnownNetwork> all() {
        List<KnownNetwork> known = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path root = Path.of(entry);
            if (Files.isDirectory(root)) {
                known.addAll(within(root));
            }
        }
        known.sort(Comparator.comparing(KnownNetwork::name));
        return known;
    }

    private static List<KnownNetwork> within(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - SUFFIX.length()).replace(File.separatorChar, '.'))
                    .map(KnownNetwork::load)
                    .filter(type ->
                            CompiledNetwork.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .map(type -> new KnownNetwork(type.asSubclass(CompiledNetwork.class)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, KnownNetwork.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return type.getName();
    }

    CompiledNetwork create(long seed) {
        Method create = method("create", long.class)
                .orElseThrow(() -> new UnsupportedOperationException("it has no create(long)"));
        return (CompiledNetwork) call(create, null, seed);
    }

    boolean hasMonteCarlo() {
        return method("monteCarlo", int.class, long.class).isPresent();
    }

    MonteCarlo monteCarlo(CompiledNetwork network, int samples, long seed) {
        return (MonteCarlo) call(method("monteCarlo", int.class, long.class).orElseThrow(), network, samples, seed);
    }

    private Optional<Method> method(String name, Class<?>... parameters) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> List.of(method.getParameterTypes()).equals(List.of(parameters)))
                .findFirst();
    }

    private static Object call(Method method, Object of, Object... arguments) {
        try {
            // Public, but of a class that mostly is not.
            method.setAccessible(true);
            return method.invoke(of, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

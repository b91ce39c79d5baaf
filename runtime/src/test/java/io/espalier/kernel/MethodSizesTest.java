package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** HotSpot never compiles a method of more than 8,000 bytes of bytecode. */
class MethodSizesTest {

    private static final int LIMIT = 8000;

    @Test
    void everyMethodCanBeCompiled() throws Exception {
        Map<String, Integer> sizes = sizes(directory());
        assertThat(sizes).containsKey("TallProductTiles.rows12");
        assertThat(sizes)
                .allSatisfy((method, size) -> assertThat(size).as(method).isLessThan(LIMIT));
    }

    private static Path directory() throws URISyntaxException {
        Path root = Path.of(
                Simd.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return root.resolve("io/espalier/kernel");
    }

    private static Map<String, Integer> sizes(Path directory) throws IOException {
        Map<String, Integer> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> read(file, sizes));
        }
        return sizes;
    }

    private static void read(Path file, Map<String, Integer> sizes) {
        try {
            String name = file.getFileName().toString().replace(".class", "");
            for (var method : ClassFile.of().parse(file).methods()) {
                method.code()
                        .filter(CodeAttribute.class::isInstance)
                        .map(CodeAttribute.class::cast)
                        .ifPresent(code ->
                                sizes.put(name + "." + method.methodName().stringValue(), code.codeLength()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

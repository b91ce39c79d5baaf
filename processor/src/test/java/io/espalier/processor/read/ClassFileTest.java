package io.espalier.processor.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassFileTest {
    /** Between them, every kind of constant, field, attribute and annotation. */
    private static final List<Class<?>> SAMPLES = List.of(
            String.class,
            java.util.HashMap.class,
            java.util.concurrent.ConcurrentHashMap.class,
            java.time.ZonedDateTime.class,
            java.lang.invoke.MethodHandles.Lookup.class,
            StageReader.class,
            StageReader.Reached.class,
            ModelReader.class,
            Runnable.class,
            ClassFileTest.class,
            Inner.class);

    /** A field of its own beside the one that holds the outer object. */
    private final class Inner {
        private double last;
        private int first;

        private Object outer() {
            return ClassFileTest.this;
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsWhatTheJdkReads() throws IOException {
        assertThat(new Inner().outer()).isNotNull();
        for (Class<?> type : SAMPLES) {
            byte[] bytes = bytes(type);
            ClassModel model = java.lang.classfile.ClassFile.of().parse(bytes);
            List<String> expected = model.fields().stream()
                    .filter(field -> !field.flags().has(AccessFlag.STATIC)
                            && !field.flags().has(AccessFlag.SYNTHETIC))
                    .map((FieldModel field) -> field.fieldName().stringValue())
                    .toList();
            assertThat(ClassFile.read(new ByteArrayInputStream(bytes)))
                    .as(type.getName())
                    .contains(new ClassFile(type.getName(), expected));
        }
        assertThat(ClassFile.read(new ByteArrayInputStream(bytes(Inner.class))))
                .get()
                .extracting(ClassFile::instanceFields)
                .isEqualTo(List.of("last", "first"));
    }

    @Test
    void endsOnDamagedFiles() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = bytes(StageReader.class);
        ClassFile expected = ClassFile.read(new ByteArrayInputStream(whole)).orElseThrow();
        for (int length = 0; length < whole.length; length++) {
            assertThat(readOrFail(Arrays.copyOf(whole, length))).isIn(Optional.empty(), Optional.of(expected));
        }
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(readOrFail(damaged)).as("seed " + seed).isNotNull();
        }
        assertThat(readOrFail("no class file".getBytes())).isEmpty();
    }

    /** As {@link Origins} reads: what fails is as good as unknown. */
    private static Optional<ClassFile> readOrFail(byte[] bytes) {
        try {
            return ClassFile.read(new ByteArrayInputStream(bytes));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}

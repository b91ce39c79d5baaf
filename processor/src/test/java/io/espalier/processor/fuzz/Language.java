package io.espalier.processor.fuzz;

import io.espalier.annotation.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The language's annotations as the runtime on the class path has them, so that a new one is fuzzed from its first day. */
final class Language {
    /** An element of an annotation. */
    record Element(String name, Class<?> type, boolean required) {}

    /** An annotation. */
    record Word(String name, List<Element> elements, boolean onStages, boolean onClasses) {}

    static final List<Word> WORDS = words();
    static final List<Word> ON_STAGES = WORDS.stream().filter(Word::onStages).toList();
    static final List<Word> ON_CLASSES = WORDS.stream().filter(Word::onClasses).toList();

    private Language() {}

    static Word word(String name) {
        return WORDS.stream()
                .filter(word -> word.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Word> words() {
        List<Word> words = new ArrayList<>();
        String home = Network.class.getPackageName();
        try (StandardJavaFileManager manager = ToolProvider.getSystemJavaCompiler()
                .getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            for (JavaFileObject file :
                    manager.list(StandardLocation.CLASS_PATH, home, Set.of(JavaFileObject.Kind.CLASS), false)) {
                Class<?> type = Class.forName(manager.inferBinaryName(StandardLocation.CLASS_PATH, file));
                if (type.isAnnotation()) {
                    words.add(word(type));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        words.sort(Comparator.comparing(Word::name));
        return List.copyOf(words);
    }

    private static Word word(Class<?> type) {
        List<ElementType> targets = List.of(type.getAnnotation(Target.class).value());
        List<Element> elements = Arrays.stream(type.getDeclaredMethods())
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> new Element(method.getName(), method.getReturnType(), method.getDefaultValue() == null))
                .toList();
        return new Word(
                type.getSimpleName(),
                elements,
                targets.contains(ElementType.FIELD),
                targets.contains(ElementType.TYPE));
    }
}

package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Methods that are nothing but a list of statements, split so that none comes near the size that HotSpot never compiles. */
final class Statements {
    /** Statements of some 10 to 30 bytes of bytecode each. */
    static final int MOST = 60;

    private Statements() {}

    /**
     * A method of these statements; further ones, named after it, if there are many.
     *
     * @param method name, modifiers and parameters
     * @param arguments how the further methods are called, such as {@code from, to}
     * @param statements the statements
     */
    static List<MethodSpec> methods(MethodSpec method, String arguments, List<CodeBlock> statements) {
        List<MethodSpec> methods = new ArrayList<>();
        List<CodeBlock> own = statements;
        if (statements.size() > MOST) {
            own = new ArrayList<>();
            for (int start = 0, part = 1; start < statements.size(); start += MOST, part++) {
                String name = method.name + "Part" + part;
                MethodSpec.Builder further = MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE)
                        .addParameters(method.parameters);
                if (method.hasModifier(Modifier.STATIC)) {
                    further.addModifiers(Modifier.STATIC);
                }
                statements
                        .subList(start, Math.min(start + MOST, statements.size()))
                        .forEach(further::addCode);
                methods.add(further.build());
                own.add(CodeBlock.builder()
                        .addStatement("$L($L)", name, arguments)
                        .build());
            }
        }
        MethodSpec.Builder first = method.toBuilder();
        own.forEach(first::addCode);
        methods.add(0, first.build());
        return methods;
    }
}

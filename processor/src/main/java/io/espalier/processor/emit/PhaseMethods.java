package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Names;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the phases of a class: a method and a number for each, and the method that finds the one by the other. */
final class PhaseMethods {
    /** Cases of some 15 bytes of bytecode each. */
    private static final int MOST_CASES = 100;

    private final TypeSpec.Builder type;
    private final Names names = new Names();
    private final Names constants = new Names();
    private final List<Case> cases = new ArrayList<>();

    private record Case(String constant, String method, String arguments) {}

    PhaseMethods(TypeSpec.Builder type) {
        this.type = type;
    }

    /** A method's name that no other phase has. */
    String unique(String wanted) {
        return names.unique(wanted);
    }

    /** Writes a phase over some rows, and gives the constant of its number. */
    String rows(String wanted, boolean inTiles, List<CodeBlock> statements) {
        String name = names.unique(wanted);
        Statements.methods(examples(name, inTiles), CodeUse.arguments(inTiles), statements)
                .forEach(type::addMethod);
        return constant(name, CodeUse.arguments(inTiles));
    }

    /** A method that takes some examples, and whose tiles it works in. */
    static MethodSpec examples(String name, boolean inTiles) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to");
        return (inTiles ? method.addParameter(int.class, "worker") : method).build();
    }

    /** Writes a phase over the batch, and gives the constant of its number. */
    String batch(MethodSpec method) {
        type.addMethod(method);
        return constant(method.name, "to");
    }

    private String constant(String method, String arguments) {
        // Two names may differ in nothing but their capitals.
        String constant = constants.unique(Names.constant(method));
        type.addField(FieldSpec.builder(TypeName.INT, constant, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", cases.size())
                .build());
        cases.add(new Case(constant, method, arguments));
        return constant;
    }

    /** Writes the method that runs a phase by its number; where there are many, it leaves ranges of them to further ones. */
    void dispatch() {
        MethodSpec phase = dispatcher("phase")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .build();
        if (cases.size() <= MOST_CASES) {
            type.addMethod(phase.toBuilder().addCode(cases(0, cases.size())).build());
            return;
        }
        CodeBlock.Builder ranges = CodeBlock.builder().beginControlFlow("switch (number / $L)", MOST_CASES);
        for (int start = 0, part = 1; start < cases.size(); start += MOST_CASES, part++) {
            String name = phase.name + "Part" + part;
            ranges.addStatement("case $L -> $L(number, from, to, worker)", part - 1, name);
            type.addMethod(dispatcher(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addCode(cases(start, Math.min(start + MOST_CASES, cases.size())))
                    .build());
        }
        noPhase(ranges);
        type.addMethod(
                phase.toBuilder().addCode(ranges.endControlFlow().build()).build());
    }

    private static MethodSpec.Builder dispatcher(String name) {
        return MethodSpec.methodBuilder(name)
                .addParameter(int.class, "number")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addParameter(int.class, "worker");
    }

    private CodeBlock cases(int from, int to) {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (number)");
        for (Case one : cases.subList(from, to)) {
            code.addStatement("case $L -> $L($L)", one.constant(), one.method(), one.arguments());
        }
        noPhase(code);
        return code.endControlFlow().build();
    }

    private static void noPhase(CodeBlock.Builder code) {
        code.addStatement("default -> throw $T.noPhase(number)", Types.PHASE_CODE);
    }
}

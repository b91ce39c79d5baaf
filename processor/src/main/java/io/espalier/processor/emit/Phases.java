package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.plan.Names;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the phases of a class: a method and a number for each, and the method that finds the one by the other. */
final class Phases {
    /** Cases of some 13 bytes of bytecode each. */
    private static final int MOST_CASES = 100;

    private final TypeSpec.Builder type;
    private final String constantPrefix;
    private final Names names = new Names();
    private final List<String> methods = new ArrayList<>();
    private final Map<PhaseList.Action, String> written = new IdentityHashMap<>();

    Phases(TypeSpec.Builder type, String constantPrefix) {
        this.type = type;
        this.constantPrefix = constantPrefix;
    }

    /** Writes a method that runs all actions, each phase over all rows. */
    void pass(MethodSpec method, List<PhaseList.Action> actions, String phaseName) {
        Calls.methods(method, "", statements(actions, phaseName)).forEach(type::addMethod);
    }

    /** A statement for each action; a phase that was written before is run again, not written again. */
    List<CodeBlock> statements(List<PhaseList.Action> actions, String phaseName) {
        List<CodeBlock> statements = new ArrayList<>();
        for (PhaseList.Action action : actions) {
            statements.add(
                    action.isPhase()
                            ? overRows(written.computeIfAbsent(action, rows -> phase(phaseName, rows.rows())))
                            : action.between());
        }
        return statements;
    }

    CodeBlock overRows(String phase) {
        return CodeBlock.builder()
                .addStatement("overRows(this, $L)", constant(phase))
                .build();
    }

    /** Writes a phase and gives its method's name. */
    String phase(String wanted, List<CodeBlock> statements) {
        String name = names.unique(wanted);
        type.addField(FieldSpec.builder(TypeName.INT, constant(name), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", methods.size())
                .build());
        methods.add(name);
        MethodSpec method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .build();
        Calls.methods(method, "from, to", statements).forEach(type::addMethod);
        return name;
    }

    private String constant(String phase) {
        return constantPrefix + Names.constant(phase);
    }

    /** Writes the method that runs a phase by its number; where there are many, it leaves ranges of them to further ones. */
    void dispatch() {
        MethodSpec rows = dispatcher("rows")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .build();
        if (methods.size() <= MOST_CASES) {
            type.addMethod(rows.toBuilder().addCode(cases(0, methods.size())).build());
            return;
        }
        CodeBlock.Builder ranges = CodeBlock.builder().beginControlFlow("switch (phase / $L)", MOST_CASES);
        for (int start = 0, part = 1; start < methods.size(); start += MOST_CASES, part++) {
            String name = rows.name + "Part" + part;
            ranges.addStatement("case $L -> $L(phase, from, to)", part - 1, name);
            type.addMethod(dispatcher(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addCode(cases(start, Math.min(start + MOST_CASES, methods.size())))
                    .build());
        }
        noPhase(ranges);
        type.addMethod(rows.toBuilder().addCode(ranges.endControlFlow().build()).build());
    }

    private static MethodSpec.Builder dispatcher(String name) {
        return MethodSpec.methodBuilder(name)
                .addParameter(int.class, "phase")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to");
    }

    private CodeBlock cases(int from, int to) {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (phase)");
        for (String method : methods.subList(from, to)) {
            code.addStatement("case $L -> $L(from, to)", constant(method), method);
        }
        noPhase(code);
        return code.endControlFlow().build();
    }

    private static void noPhase(CodeBlock.Builder code) {
        code.addStatement("default -> throw new $T($S + phase)", IllegalStateException.class, "There is no phase ");
    }
}

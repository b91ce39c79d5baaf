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
    private final TypeSpec.Builder type;
    private final String constantPrefix;
    private final Names names = new Names();
    private final List<String> methods = new ArrayList<>();
    private final Map<PhaseList.Action, String> written = new IdentityHashMap<>();

    Phases(TypeSpec.Builder type, String constantPrefix) {
        this.type = type;
        this.constantPrefix = constantPrefix;
    }

    /** A method that runs all actions, each phase over all rows. */
    MethodSpec pass(String name, List<PhaseList.Action> actions, String phaseName) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addCode(statements(actions, phaseName))
                .build();
    }

    /** Statements that run all actions; a phase that was written before is run again, not written again. */
    CodeBlock statements(List<PhaseList.Action> actions, String phaseName) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (PhaseList.Action action : actions) {
            code.add(
                    action.isPhase()
                            ? overRows(written.computeIfAbsent(action, rows -> phase(phaseName, rows.rows())))
                            : action.between());
        }
        return code.build();
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

    MethodSpec dispatch() {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (phase)");
        for (String method : methods) {
            code.addStatement("case $L -> $L(from, to)", constant(method), method);
        }
        code.addStatement("default -> throw new $T($S + phase)", IllegalStateException.class, "There is no phase ");
        return MethodSpec.methodBuilder("rows")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(int.class, "phase")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addCode(code.endControlFlow().build())
                .build();
    }
}

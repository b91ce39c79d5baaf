package io.espalier.processor.emit;

import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/** The constants that every class with loops has: one species of its own, which the JIT then takes for a constant. */
final class VectorFields {
    private static final FieldSpec FLOATS = FieldSpec.builder(
                    ParameterizedTypeName.get(Types.VECTOR_SPECIES, TypeName.FLOAT.box()),
                    "FLOATS",
                    Modifier.PRIVATE,
                    Modifier.STATIC,
                    Modifier.FINAL)
            .initializer("$T.FLOATS", Types.SIMD)
            .build();

    private static final FieldSpec LANES = FieldSpec.builder(
                    TypeName.INT, "LANES", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("FLOATS.length()")
            .build();

    private VectorFields() {}

    /** Adds them to a class, in front of its other fields. */
    static void add(TypeSpec.Builder type) {
        type.addField(FLOATS).addField(LANES);
    }
}

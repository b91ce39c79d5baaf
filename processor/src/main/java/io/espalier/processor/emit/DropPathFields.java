package io.espalier.processor.emit;

import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.plan.TrainingPlan;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The fields from which residual branches take their drop path rates. */
final class DropPathFields {
    private DropPathFields() {}

    static void add(TypeSpec.Builder type, TrainingPlan training) {
        List<TrainingPlan.DropPaths> rules = training.dropPaths();
        for (int rule = 0; rule < rules.size(); rule++) {
            TrainingPlan.DropPaths dropPath = rules.get(rule);
            type.addField(
                    FieldSpec.builder(Types.DROP_PATH_RATES, Scope.dropPath(rule), Modifier.PRIVATE, Modifier.FINAL)
                            .initializer(
                                    "new $T($L, $L, $L)",
                                    Types.DROP_PATH_RATES,
                                    dropPath.p(),
                                    dropPath.linear(),
                                    dropPath.branches())
                            .build());
        }
    }
}

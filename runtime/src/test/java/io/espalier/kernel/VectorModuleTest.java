package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class VectorModuleTest {

    @Test
    void isContentWhereTheModuleIsThere() {
        assertThatCode(VectorModule::require).doesNotThrowAnyException();
    }

    @Test
    void saysWhatToAddWhereItIsNot() throws Exception {
        ChildProcess.Result result = ChildProcess.run(List.of(), Program.class);
        assertThat(result.status()).isNotZero();
        assertThat(result.output())
                .contains("IllegalStateException")
                .contains("java --add-modules jdk.incubator.vector")
                .contains("<arg>jdk.incubator.vector</arg>")
                .contains("<argLine>--add-modules jdk.incubator.vector</argLine>")
                .contains("jvmArgs '--add-modules', 'jdk.incubator.vector'")
                .contains("requires jdk.incubator.vector;")
                .doesNotContain("NoClassDefFoundError");
    }

    /** Runs without the module. */
    static final class Program {
        public static void main(String[] arguments) {
            VectorModule.require();
        }
    }
}

package io.espalier.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.espalier.benchmarks.Load;
import io.espalier.benchmarks.Spread;
import io.espalier.benchmarks.workload.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Workload PLAIN = new Workload.Training(Recipe.W1, 32, false);

    private static Match.Outcome outcome(Workload workload, double[] peerLosses, Load load) {
        Map<EngineName, Match.Score> scores = new LinkedHashMap<>();
        scores.put(
                EngineName.ESPALIER,
                new Match.Score(
                        new double[] {2, 1}, true, new int[] {5, 3, 4}, new double[] {900, 800, 1000}, new double[] {
                            1000, 1000, 1500
                        }));
        scores.put(
                EngineName.PYTORCH,
                new Match.Score(peerLosses, false, new int[] {9, 9, 8}, new double[] {1600, 2000, 1700}, new double[] {
                    2000, 2500, 2500
                }));
        return new Match.Outcome(workload, 1, scores, load);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        Spread ratio = Spread.ofQuotients(new double[] {1, 2, 30}, new double[] {2, 2, 10});

        assertThat(ratio.median()).isEqualTo(1);
        assertThat(ratio.low()).isCloseTo(0.6, within(1e-12));
        assertThat(ratio.high()).isCloseTo(2.6, within(1e-12));
    }

    @Test
    void roundsMustBelongTogether() {
        assertThatThrownBy(() -> Spread.ofQuotients(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 rounds cannot be divided by 3 rounds");
    }

    @Test
    void quantilesAreInterpolated() {
        double[] values = {40, 10, 30, 20};

        assertThat(Spread.quantile(values, 0)).isEqualTo(10);
        assertThat(Spread.quantile(values, 0.5)).isEqualTo(25);
        assertThat(Spread.quantile(values, 1)).isEqualTo(40);
        assertThat(values).containsExactly(40, 10, 30, 20);
    }

    @Test
    void tableForPrograms() {
        List<Line> lines = Line.of(outcome(PLAIN, new double[] {2, 1.5}, new Load(200, 10, 10)));

        assertThat(new Report(lines).tsv().lines())
                .containsExactly(
                        "workload\tthreads\tpeer\tespalier_min_us\tespalier_median_us\tpeer_min_us\tpeer_median_us"
                                + "\tespalier_runs\tpeer_runs\tratio_median\tratio_p10\tratio_p90\tratio_of_minima\tloss_difference"
                                + "\tothers_share\tunsteady",
                        "W1-32-plain\t1\tPyTorch\t0.800\t1.000\t1.600\t2.500\t3\t8\t0.5000\t0.4200\t0.5800\t0.5000\t2.50e-01"
                                + "\t0.100\tPyTorch");
    }

    @Test
    void whatIsUnknownIsEmptyForProgramsAndSaidToPeople() {
        Report report = new Report(
                Line.of(outcome(new Workload.Training(Recipe.W1, 32, true), new double[] {3, 2}, Load.NONE)));

        assertThat(report.tsv().lines().skip(1)).singleElement().satisfies(line -> assertThat(line)
                .endsWith("\t0.5000\t\t\tPyTorch"));
        assertThat(report.markdown().lines().skip(2).limit(1))
                .containsExactly(
                        "| W1-32 | 1 | PyTorch | 0.8, 1.0 | 1.6, 2.5 | 0.50 (0.42–0.58) | 0.50 |  | unknown | PyTorch |");
    }

    @Test
    void lossesThatAreNotFiniteAreNotTakenForUnknown() {
        double[] diverged = {2, Double.NaN};

        for (Workload workload : List.of(PLAIN, new Workload.Training(Recipe.W1, 32, true))) {
            Report report = new Report(Line.of(outcome(workload, diverged, Load.NONE)));

            assertThat(report.tsv()).contains("\tdiverged\t");
            assertThat(report.markdown()).contains("| diverged |");
        }
    }

    @Test
    void othersAreWhatIsLeftOfTheBusyTime() {
        Load.Counters start = Load.parse("cpu  100 0 50 1000 0 0 0 5 0 0", 40);
        Load.Counters end = Load.parse("cpu  180 0 60 1090 10 0 0 15 0 0", 100);

        Load load = Load.between(start, end);

        assertThat(load).isEqualTo(new Load(200, 30, 10));
        assertThat(load.share()).isEqualTo(0.2);
    }

    @Test
    void spansAreAddedBeforeOthersAreClamped() {
        Load below = new Load(100, -5, 0);

        assertThat(below.share()).isEqualTo(0);
        assertThat(below.plus(new Load(100, 15, 0)).share()).isEqualTo(0.05);
    }

    @Test
    void namesOfWorkloadsAreRead() {
        for (String name : List.of("W1-32", "W2-128-plain", "predict-W1-1", "op-dropout-both-16384")) {
            assertThat(Workload.parse(name).name()).isEqualTo(name);
        }
        for (String name : List.of("W3-1", "W1", "W1-0", "op-7", "op-sum-7", "predict-W1")) {
            assertThatThrownBy(() -> Workload.parse(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("There is no workload '" + name + "'");
        }
    }
}

package io.espalier.samples.tabular;

import io.espalier.CompiledNetwork;
import io.espalier.samples.cli.NetworkFile.Loader;
import io.espalier.samples.cli.Refusal;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The networks that there are, for the widths of a network are constants of its code: a table gets the narrowest that its
 * features fit in.
 *
 * @param inputs how many features fit in
 * @param bare makes the network without regularizers from a seed
 * @param regularized makes the other one
 * @param loader loads that
 */
record Sizes(
        int inputs,
        LongFunction<CompiledNetwork> bare,
        LongFunction<CompiledNetwork> regularized,
        Loader<CompiledNetwork> loader) {

    private static final List<Sizes> CLASSIFIERS = List.of(
            new Sizes(
                    16,
                    BareClassifiers_Inputs16Network::create,
                    RegularizedClassifiers_Inputs16Network::create,
                    RegularizedClassifiers_Inputs16Network::load),
            new Sizes(
                    64,
                    BareClassifiers_Inputs64Network::create,
                    RegularizedClassifiers_Inputs64Network::create,
                    RegularizedClassifiers_Inputs64Network::load),
            new Sizes(
                    256,
                    BareClassifiers_Inputs256Network::create,
                    RegularizedClassifiers_Inputs256Network::create,
                    RegularizedClassifiers_Inputs256Network::load),
            new Sizes(
                    1024,
                    BareClassifiers_Inputs1024Network::create,
                    RegularizedClassifiers_Inputs1024Network::create,
                    RegularizedClassifiers_Inputs1024Network::load));

    private static final List<Sizes> REGRESSORS = List.of(
            new Sizes(
                    16,
                    BareRegressors_Inputs16Network::create,
                    RegularizedRegressors_Inputs16Network::create,
                    RegularizedRegressors_Inputs16Network::load),
            new Sizes(
                    64,
                    BareRegressors_Inputs64Network::create,
                    RegularizedRegressors_Inputs64Network::create,
                    RegularizedRegressors_Inputs64Network::load),
            new Sizes(
                    256,
                    BareRegressors_Inputs256Network::create,
                    RegularizedRegressors_Inputs256Network::create,
                    RegularizedRegressors_Inputs256Network::load),
            new Sizes(
                    1024,
                    BareRegressors_Inputs1024Network::create,
                    RegularizedRegressors_Inputs1024Network::create,
                    RegularizedRegressors_Inputs1024Network::load));

    /**
     * The narrowest networks for a table.
     *
     * @param features what the table's columns become
     * @param classification whether the networks tell classes apart or give a value
     * @throws Refusal if there are too many features
     */
    static Sizes of(int features, boolean classification) throws Refusal {
        List<Sizes> all = classification ? CLASSIFIERS : REGRESSORS;
        for (Sizes sizes : all) {
            if (features <= sizes.inputs) {
                return sizes;
            }
        }
        throw new Refusal("the columns make " + features + " features, and the widest network takes "
                + all.getLast().inputs + "; leave columns out with --exclude");
    }
}

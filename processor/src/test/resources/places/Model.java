// @Network(input = 4) class Model { @Dropout(p = 2) Layer only; }
package demo;

import static io.espalier.annotation.Exclude.*;
import io.espalier.annotation.*;import io.espalier.Layer;

/* class Model { " */ /** {@code @Dense(0) Layer hidden; }} */
interface Words { String BRACES = "}{\"" + '{' + '\'' + """
        class Model { @Dense(0) Layer hidden; \""" " }}}
        """; Class<?> TYPE = Model.class; double[] RATES = {1, 2}, MORE = { }; double RATE = 7; int ZERO = 0; }

@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE) @interface Use { String value(); }
@interface Elu { double alpha(); }
@interface Odd { String[] value() default {"{", "}"}; Class<?> type() default Object.class; int size() default (1); }

enum Kinds { @Deprecated FIRST(1) { void call() { } }, SECOND { int zero; };
    Kinds(int... sizes) { } void call() { class Model { int hidden; } }
    @Network(input = 4) static class Model { @Odd({"@Dense(0)", "}"}) @Dense(0) Layer zero; @Dense(2) Layer out; }
}

@Odd(value = {}, type = Words.class)
@ io . espalier . annotation . Network ( loss = Loss . MEAN_SQUARED_ERROR , /* } */ input = { 4, // )
    0 } )
@AdamW ( epsilon
    = - 1.0e-3 , beta1 = (1.0)   , beta2 = 0.5 + 0.5 ) @SuppressWarnings({"unused", "espalier:Nonsense",})
@WeightDecay(exclude = NONE, value = (double) -1) @ClipNorm(-1) @LabelSmoothing
public final @Deprecated class Model extends @Use("Model") Object implements java.io.Serializable {
    static { String text = "Layer hidden"; if (1 < 2) { text = null; } }
    { Object hidden = new Object() { @Override public String toString() { return "}"; } }; }
    static final int[] hidden[] = {{1}, {2}}, more[] = null; static <A, B extends java.util.Map<A, int[]>> B make(A hidden) { return null; }
    Model() { hiddenLayer = null; } abstract static class Other { abstract void hidden(int a); int logits() { return 1 < 2 ? 1 : 0; } }
    @Odd("@Dropout(p = 3)") @Dropout(
        p = 1 + 1
    )@Dense(8)@Relu/**/Layer hiddenLayer;@Dropout(p=2f)  @Dense(
.9 < 1 ? 0 : 1) Layer first = null, second = (Layer) (Object) "Layer second, third;";
    @Dense(value = Words.ZERO, bias = Bias.OFF) private transient volatile Layer /* third */ third;
    java.util.Map<String, java.util.List<Layer>> map; @Dense(times = Width.SAME) Layer	logits;
    record Inner<S>(@Odd int[] a, java.util.Map<S, Layer> b, Layer... c) { Inner { } }
    @Block record Part(@Odd(size = 1 == 1 ? 2 : 3) @Dense(0) Layer zero, @Dropout(p = Words.RATE) @io.espalier.annotation.Tanh
        Layer tanh) { Part { zero = zero; } static int zero(int hidden) { return 0; } }
    @Elu(alpha = 2) @io.espalier.annotation.Elu(alpha = -3) Layer elu; Part part;
}

package io.espalier.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the stage a residual branch: what comes in is added to what the stage computes (He et al., 2016).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface Residual {
    /** {@return what the shortcut does} */
    Shortcut shortcut() default Shortcut.AUTO;
}

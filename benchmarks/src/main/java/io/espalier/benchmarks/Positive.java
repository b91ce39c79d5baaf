package io.espalier.benchmarks;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads options that count something of which there must be some. */
public final class Positive implements ITypeConverter<Integer> {

    /**
     * Reads a number.
     *
     * @param text what stands on the command line
     * @return the number, at least 1
     * @throws TypeConversionException if it is none or less, which becomes an error that names the option
     */
    @Override
    public Integer convert(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // As a number below 1: the message says what is asked for.
        }
        throw new TypeConversionException("'" + text + "' is not a whole number from 1 on");
    }
}

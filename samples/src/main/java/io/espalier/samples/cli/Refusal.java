package io.espalier.samples.cli;

/** What a user can do something about, and is told in a line, without a stack trace. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message what is wrong, and what to do
     */
    public Refusal(String message) {
        super(message);
    }

    /**
     * A refusal for what the library said.
     *
     * @param cause its message is for the user
     */
    public Refusal(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}

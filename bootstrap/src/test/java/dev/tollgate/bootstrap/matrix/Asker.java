package dev.tollgate.bootstrap.matrix;

/** One dialect, by its official SDK. */
interface Asker {
    /**
     * Asks a scenario's question.
     *
     * @throws Heard.Refused for every error answer and every error inside a stream
     */
    Heard ask(Scenario scenario, String model, boolean stream);
}

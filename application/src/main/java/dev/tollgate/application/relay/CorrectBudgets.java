package dev.tollgate.application.relay;

/** Use case: set right, from SQL, what the live store believes accounts cost today. */
public interface CorrectBudgets {
    void correct();
}

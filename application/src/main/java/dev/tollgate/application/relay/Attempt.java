package dev.tollgate.application.relay;

/** What came of asking the candidates one after another. */
sealed interface Attempt {
    /** The last answer: the one that serves, or the failure nobody made good. */
    record Answered(Answer answer) implements Attempt {}

    /** Nobody could be asked, or none of their platforms can be asked this: nothing was sent. */
    record Refused(CallError error) implements Attempt {}
}

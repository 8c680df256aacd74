package dev.tollgate.application.relay;

/** Use case: every few seconds, tell journal and live store what is known of the calls that run here. */
public interface KeepCallsAlive {
    /** Well within a lease, so that one missed beat loses nothing. */
    int BEAT_SECONDS = 5;

    /** @return how many running calls hold nothing (any more) and could not be held again; their streams end */
    int beat();
}

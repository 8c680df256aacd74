package dev.tollgate.persistence.embedded;

/** A subject's requests and tokens in the present UTC minute, and its calls at once. */
final class MinuteRates {
    static final long MINUTE_MILLIS = 60_000;

    long requests;
    long tokens;
    int running;
    private long minute;

    /** Starts a new minute from nothing; one that is over never comes back. */
    void at(long minuteNow) {
        if (minuteNow > minute) {
            minute = minuteNow;
            requests = 0;
            tokens = 0;
        }
    }

    long minute() {
        return minute;
    }

    /** Sets right what a call was reckoned to take, if that minute still runs. */
    void correct(long inMinute, long reckoned, long actual) {
        if (minute == inMinute) {
            tokens = Math.max(0, tokens - reckoned + actual);
        }
    }
}

package dev.tollgate.bootstrap.crash;

import java.util.Random;

/**
 * Whether and where a caller goes without waiting for the end.
 *
 * @param after so many milliseconds, or bytes of the answer's body; 0 where the point needs neither
 */
record Leaving(Point point, int after) {
    static final Leaving NEVER = new Leaving(Point.NEVER, 0);

    private static final int SOON_MILLIS = 60;
    private static final int WITHIN_MILLIS = 2000;
    private static final int WITHIN_BYTES = 900;

    /** Where on its way a call is when its caller goes. */
    enum Point {
        NEVER,
        /** Half of the request is sent. */
        WHILE_ASKING,
        /** So many milliseconds after it was asked, whatever has arrived. */
        AFTER_A_WHILE,
        /** So many bytes of the body have arrived. */
        IN_THE_ANSWER,
        /** The last event has arrived, the end of the body has not. */
        AT_THE_END
    }

    static Leaving after(int millis) {
        return new Leaving(Point.AFTER_A_WHILE, millis);
    }

    /** At any point: half of those who leave after a while do so before there can be an answer. */
    static Leaving draw(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Leaving(Point.WHILE_ASKING, 0);
            case 1 -> after(1 + random.nextInt(SOON_MILLIS));
            case 2 -> after(1 + random.nextInt(WITHIN_MILLIS));
            case 3 -> new Leaving(Point.IN_THE_ANSWER, 1 + random.nextInt(WITHIN_BYTES));
            default -> new Leaving(Point.AT_THE_END, 0);
        };
    }

    /** Whether the caller has had all there is when it goes. */
    boolean isAfterTheAnswer() {
        return point == Point.NEVER || point == Point.AT_THE_END;
    }
}

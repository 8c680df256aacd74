package dev.tollgate.bootstrap.crash;

import java.util.Map;
import java.util.Random;

/** What is asked of the gateways, under which limits, and how long they wait for the upstream. */
enum Load {
    /** Nine of ten calls meet a sound upstream and callers who stay; nobody's calls at once are limited. */
    EVERYDAY(0, 0) {
        @Override
        Wish draw(int number, Random random) {
            return Wish.draw(number, random);
        }
    },

    /** Three of four calls are broken off by somebody: the upstream, the caller or the gateway's own time-outs. */
    FAULTED(8, 40) {
        @Override
        Wish draw(int number, Random random) {
            return Wish.drawFaulted(number, random);
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    "TOLLGATE_TIMEOUTS_FIRST_BYTE_STREAMED",
                    "1500ms",
                    "TOLLGATE_TIMEOUTS_FIRST_BYTE",
                    "3s",
                    "TOLLGATE_TIMEOUTS_SILENCE",
                    "2s",
                    "TOLLGATE_TIMEOUTS_WHOLE",
                    "8s");
        }
    };

    private static final int REQUESTS_A_MINUTE = 250;

    private final int callsAtOnce;
    private final int shakySlots;

    Load(int callsAtOnce, int shakySlots) {
        this.callsAtOnce = callsAtOnce;
        this.shakySlots = shakySlots;
    }

    abstract Wish draw(int number, Random random);

    /** Calls at once of some users and of some keys; 0 for any number. */
    int callsAtOnce() {
        return callsAtOnce;
    }

    /** The terms of the first, second, … key of a kind. */
    Map<String, Object> key(int place) {
        return switch (place) {
            case 1 -> Map.of("max_concurrency", callsAtOnce);
            case 2 -> Map.of("rpm_limit", callsAtOnce == 0 ? 0 : REQUESTS_A_MINUTE);
            default -> Map.of();
        };
    }

    /** Calls at once of an account that meets the faults; 0 for any number. */
    int shakySlots() {
        return shakySlots;
    }

    /** What the gateways are told, by the names of environment variables. */
    Map<String, String> settings() {
        return Map.of();
    }
}

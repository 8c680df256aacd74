package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Multiplier;
import java.time.Duration;

/** Settings that nobody edited, without a wait for a slot; a test overrides what it is about. */
public class UneditedSettings implements RelaySettings {
    private static final Duration SPAN = Duration.ofSeconds(5);

    @Override
    public long defaultMaxOutput() {
        return 8_192;
    }

    @Override
    public long minOutput() {
        return 256;
    }

    @Override
    public Multiplier globalMultiplier() {
        return Multiplier.ONE;
    }

    @Override
    public boolean refuseUnpriced() {
        return true;
    }

    @Override
    public Deadlines deadlines(boolean stream) {
        return new Deadlines(SPAN, SPAN, SPAN, SPAN, SPAN);
    }

    @Override
    public Duration slotWait() {
        return Duration.ZERO;
    }

    @Override
    public boolean fetchImages() {
        return false;
    }

    @Override
    public int attemptsMax() {
        return 5;
    }

    @Override
    public boolean honoursIdempotencyKeys() {
        return false;
    }
}

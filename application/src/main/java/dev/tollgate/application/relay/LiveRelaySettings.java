package dev.tollgate.application.relay;

import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Setting;
import dev.tollgate.domain.money.Multiplier;
import java.time.Duration;

/** The relay's settings: what operators may change at any time, and the deadlines fixed at the start. */
public final class LiveRelaySettings implements RelaySettings {
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    private final LiveSettings settings;
    private final Deadlines streamed;
    private final Deadlines whole;

    /**
     * Takes the deadlines of streamed answers and of whole ones; how long they are drained is a live setting and
     * replaces what they say.
     */
    public LiveRelaySettings(LiveSettings settings, Deadlines streamed, Deadlines whole) {
        this.settings = settings;
        this.streamed = streamed;
        this.whole = whole;
    }

    @Override
    public long defaultMaxOutput() {
        return settings.count(Setting.LIMITS_DEFAULT_MAX_OUTPUT);
    }

    @Override
    public long minOutput() {
        return settings.count(Setting.LIMITS_MIN_OUTPUT);
    }

    @Override
    public Multiplier globalMultiplier() {
        return settings.factor(Setting.PRICING_GLOBAL_MULTIPLIER);
    }

    @Override
    public boolean refuseUnpriced() {
        return !settings.text(Setting.PRICING_UNKNOWN_MODEL).equals("free");
    }

    @Override
    public Deadlines deadlines(boolean stream) {
        Deadlines fixed = stream ? streamed : whole;
        Duration drain = settings.text(Setting.USAGE_CLIENT_GONE_POLICY).equals("cancel") ? Duration.ZERO : DRAIN_MAX;
        return new Deadlines(fixed.connect(), fixed.firstByte(), fixed.silence(), fixed.whole(), drain);
    }

    @Override
    public Duration slotWait() {
        return settings.duration(Setting.SCHEDULER_SLOT_WAIT);
    }

    @Override
    public boolean fetchImages() {
        return settings.isOn(Setting.RELAY_FETCH_IMAGES);
    }

    @Override
    public int attemptsMax() {
        return Math.toIntExact(settings.count(Setting.RETRY_MAX_ATTEMPTS));
    }

    @Override
    public boolean honoursIdempotencyKeys() {
        return settings.isOn(Setting.RELAY_IDEMPOTENCY_ENABLED);
    }
}

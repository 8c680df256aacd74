package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.crash.Purse.Kind;
import dev.tollgate.bootstrap.server.World;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Users of every kind: some with plenty, some whose money runs out while calls of theirs are broken off. */
final class Purses {
    private static final String PLENTY = "1000";
    /** For thirty calls or so. */
    private static final String LITTLE = "0.05";

    private static final int TIGHT_SHARE = 12;

    private final List<Purse> roomy = new ArrayList<>();
    private final List<Purse> tight = new ArrayList<>();

    private Purses() {}

    static Purses in(World world) {
        Purses purses = new Purses();
        for (Kind kind : Kind.values()) {
            for (int i = 1; i <= 3; i++) {
                purses.roomy.add(make(world, kind, PLENTY, false, i));
            }
        }
        for (int i = 1; i <= 3; i++) {
            purses.tight.add(make(world, Kind.STRICT, LITTLE, true, i));
            purses.tight.add(make(world, Kind.CREDIT, LITTLE, true, i));
        }
        return purses;
    }

    /** One call in twelve is paid out of little. */
    Purse draw(Random random) {
        List<Purse> from = random.nextInt(TIGHT_SHARE) == 0 ? tight : roomy;
        return from.get(random.nextInt(from.size()));
    }

    List<Purse> all() {
        List<Purse> all = new ArrayList<>(roomy);
        all.addAll(tight);
        return all;
    }

    private static Purse make(World world, Kind kind, String amount, boolean isTight, int number) {
        String name = (isTight ? "tight-" : "") + kind.name().toLowerCase(Locale.ROOT) + "-" + number;
        long user = world.user(name, kind == Kind.CREDIT ? amount : "0");
        if (kind == Kind.POSTPAID) {
            world.admin().put("/api/admin/users/" + user, Map.of("billing_mode", "postpaid"));
        }
        long userPackage = kind.isPackage()
                ? world.quota(user, amount, Map.of("spend_mode", kind.name().toLowerCase(Locale.ROOT)))
                : 0;
        return new Purse(name, kind, new BigDecimal(amount), isTight, user, userPackage, world.key(user, Map.of()));
    }
}

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

    static Purses in(World world, Load load) {
        Purses purses = new Purses();
        for (Kind kind : Kind.values()) {
            for (int i = 1; i <= 3; i++) {
                purses.roomy.add(make(world, load, kind, i));
            }
        }
        for (int i = 1; i <= 3; i++) {
            purses.tight.add(makeTight(world, Kind.STRICT, i));
            purses.tight.add(makeTight(world, Kind.CREDIT, i));
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

    /** Of each kind one key and one user may only make so many calls at once, and one key so many a minute. */
    private static Purse make(World world, Load load, Kind kind, int place) {
        int userAtOnce = place == 3 ? load.callsAtOnce() : 0;
        int atOnce = place == 1 ? load.callsAtOnce() : userAtOnce;
        return make(world, kind, PLENTY, new Terms(place, false, userAtOnce, atOnce, load.key(place)));
    }

    private static Purse makeTight(World world, Kind kind, int place) {
        return make(world, kind, LITTLE, new Terms(place, true, 0, 0, Map.of()));
    }

    private record Terms(int place, boolean isTight, int userAtOnce, int atOnce, Map<String, Object> key) {}

    private static Purse make(World world, Kind kind, String amount, Terms terms) {
        String mode = kind.name().toLowerCase(Locale.ROOT);
        String name = (terms.isTight ? "tight-" : "") + mode + "-" + terms.place;
        long user = world.user(name, kind == Kind.CREDIT ? amount : "0");
        if (kind == Kind.POSTPAID) {
            world.admin().put("/api/admin/users/" + user, Map.of("billing_mode", "postpaid"));
        }
        if (terms.userAtOnce > 0) {
            world.admin().put("/api/admin/users/" + user, Map.of("max_concurrency", terms.userAtOnce));
        }
        long userPackage = kind.isPackage() ? world.quota(user, amount, Map.of("spend_mode", mode)) : 0;
        String key = world.key(user, terms.key);
        return new Purse(name, kind, new BigDecimal(amount), terms.atOnce, terms.isTight, user, userPackage, key);
    }
}

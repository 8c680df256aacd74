package dev.tollgate.bootstrap.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.bootstrap.server.World;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds the callers' own log and the upstream's against the records, and the records against every sum of them. */
final class Reconciliation {
    /** More of one kind say nothing new. */
    private static final int COMPLAINTS_MAX = 200;

    private static final int STRAYS_PER_THOUSAND = CrashRuns.count("strays-per-thousand", 50);

    private final World world;
    private final Ground ground;
    private final Map<Integer, JsonNode> records = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private int straysWithoutMariaDb;

    private Reconciliation(World world, Ground ground) {
        this.world = world;
        this.ground = ground;
    }

    /** Once everything is settled. */
    static Reconciliation of(Ground ground, List<Window> windows) {
        Reconciliation books = new Reconciliation(ground.world(), ground);
        books.read();
        ground.callers().log().forEach(made -> books.compare(made, windows));
        ground.upstream()
                .asked()
                .forEach(call ->
                        books.require(books.records.containsKey(call), "sent, but has no record: call " + call));
        ground.accounts().ids().forEach(books::compareAccount);
        ground.purses().all().forEach(books::compare);
        JsonNode audit = books.world.admin().post("/api/admin/audit", Map.of());
        books.require(audit.get("ok").asBoolean(), "the audit finds " + differences(audit));
        books.judgeStrays();
        return books;
    }

    /** What does not agree; empty if the books are right. */
    List<String> complaints() {
        return complaints;
    }

    /** How many were told to come again without an excuse. */
    int strays() {
        return strays.size();
    }

    /** How many of these while MariaDB was away, which nobody should notice. */
    int straysWithoutMariaDb() {
        return straysWithoutMariaDb;
    }

    private void read() {
        int made = ground.callers().begun();
        for (JsonNode entry : world.records()) {
            String agent = entry.path("user_agent").asText();
            if (!agent.startsWith(Wish.AGENT)) {
                complaints.add("a record of nobody's call: " + entry);
                continue;
            }
            int call = Integer.parseInt(agent.substring(Wish.AGENT.length()));
            require(call >= 1 && call <= made, "a record of a call that was never made: " + entry);
            JsonNode before = records.put(call, entry);
            require(before == null, "doubled: call " + call + ": " + before + " and " + entry);
        }
    }

    private void compare(Made made, List<Window> windows) {
        JsonNode entry = records.get(made.wish().number());
        if (made.heard().isComplete()) {
            compareComplete(made, entry);
        } else if (entry != null) {
            comparePartial(made, entry);
        }
        if (made.isUndisturbed() || windows.stream().anyMatch(window -> window.excuses(made))) {
            return;
        }
        if (made.isToldToComeAgain()) {
            if (windows.stream().anyMatch(window -> window.target() == Hit.Target.MARIADB && window.meets(made))) {
                straysWithoutMariaDb++;
            }
            strays.add("503, and nothing that was hit excuses it: " + made.line() + " "
                    + made.heard().body());
        } else {
            require(
                    false,
                    "not served, and nothing that was hit excuses it: " + made.line() + " "
                            + made.heard().body());
        }
    }

    /** On a machine that is too slow for the rate, stores miss their deadlines and callers are told to come again. */
    private void judgeStrays() {
        if (strays.size() * 1000L > ground.callers().begun() * (long) STRAYS_PER_THOUSAND) {
            complaints.add(strays.size() + " times 503 without an excuse");
            complaints.addAll(strays.subList(0, Math.min(strays.size(), COMPLAINTS_MAX)));
        }
    }

    private void compareComplete(Made made, @Nullable JsonNode entry) {
        if (entry == null) {
            complaints.add("lost: " + made.line());
            return;
        }
        Wish wish = made.wish();
        String lowered = made.heard().header("x-tollgate-max-output");
        long output = lowered == null ? wish.output() : Math.min(wish.output(), Long.parseLong(lowered));
        BigDecimal price = Accounts.price(wish.input(), output);
        String cost = made.heard().header("x-tollgate-cost");
        require(
                entry.get("status").asText().equals("completed")
                        && Objects.equals(
                                entry.get("request_id").asText(), made.heard().header("x-request-id"))
                        && entry.get("input_tokens").asLong() == wish.input()
                        && entry.get("output_tokens").asLong() == output
                        && made.heard().toldOutput() == output
                        && cost(entry).compareTo(price) == 0
                        && (cost == null || new BigDecimal(cost).compareTo(price) == 0),
                "billed wrongly: " + made.line() + " told " + made.heard().toldOutput() + " is " + output + " for "
                        + price + ": " + entry);
    }

    private void comparePartial(Made made, JsonNode entry) {
        long input = entry.get("input_tokens").asLong();
        long output = entry.get("output_tokens").asLong();
        BigDecimal cost = cost(entry);
        require(
                cost.compareTo(Accounts.price(input, output)) == 0
                        && cost.compareTo(Accounts.price(Wish.INPUT_BOUND, Wish.OUTPUT_BOUND)) <= 0,
                "a part is billed wrongly: " + made.line() + ": " + entry);
        require(
                cost.signum() == 0
                        || ground.upstream().asked().contains(made.wish().number()),
                "charged, but never sent: " + made.line() + ": " + entry);
    }

    private void compareAccount(long id) {
        JsonNode account = world.admin().get("/api/admin/accounts/" + id);
        Sum own = sum(entry -> entry.path("account_id").asLong() == id);
        own.compare("account " + id, account, "total_cost", "request_count");
    }

    private void compare(Purse purse) {
        JsonNode user = world.admin().get("/api/admin/users/" + purse.user());
        Sum own = sum(entry -> entry.path("user_id").asLong() == purse.user());
        own.compare("user " + purse.name(), user, "total_cost", "request_count");
        require(
                !purse.kind().isExact() || own.cost.compareTo(purse.amount()) <= 0,
                "overspent: " + purse.name() + " has " + purse.amount() + " and spent " + own.cost);
        if (purse.kind() == Purse.Kind.CREDIT) {
            BigDecimal left = money(user, "credit_balance");
            require(
                    left.add(own.cost).compareTo(purse.amount()) == 0,
                    purse.name() + " has left " + left + " after " + own.cost);
            require(money(user, "credit_held").signum() == 0, purse.name() + " still holds " + user);
        }
        if (purse.kind().isPackage()) {
            for (JsonNode held : world.admin()
                    .get("/api/admin/user-packages/user/" + purse.user())
                    .get("items")) {
                require(
                        money(held, "quota_used").compareTo(own.cost) == 0,
                        purse.name() + " spent " + own.cost + ": " + held);
                require(money(held, "held").signum() == 0, purse.name() + " still holds: " + held);
            }
        }
    }

    private Sum sum(Function<JsonNode, Boolean> isOurs) {
        Sum sum = new Sum();
        records.values().stream().filter(isOurs::apply).forEach(sum::add);
        return sum;
    }

    private void require(boolean isRight, String complaint) {
        if (!isRight && complaints.size() < COMPLAINTS_MAX) {
            complaints.add(complaint);
        }
    }

    private static BigDecimal cost(JsonNode entry) {
        return money(entry, "total_cost");
    }

    private static BigDecimal money(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText("0"));
    }

    private static String differences(JsonNode audit) {
        StringBuilder text = new StringBuilder();
        for (JsonNode check : audit.get("checks")) {
            if (!check.get("ok").asBoolean()) {
                text.append(check).append('\n');
            }
        }
        return text.toString();
    }

    /** Records added up. */
    private final class Sum {
        private BigDecimal cost = BigDecimal.ZERO;
        private long requests;

        void add(JsonNode entry) {
            cost = cost.add(cost(entry));
            requests++;
        }

        void compare(String whose, JsonNode kept, String costField, String requestsField) {
            require(
                    money(kept, costField).compareTo(cost) == 0
                            && kept.get(requestsField).asLong() == requests,
                    whose + " has records of " + cost + " in " + requests + " calls, but " + kept);
        }
    }
}

package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A live store that gives the answers it is told to give and remembers what it was asked: nothing is counted here, the
 * embedded store is where counting is tested.
 */
final class ToldLiveStore {
    private final List<Object> told = new ArrayList<>();
    private final Map<String, Object> answers = new HashMap<>();
    private Reservation reservation = new Reservation.Unavailable();
    private boolean isHeld = true;
    private boolean isAway;

    LiveStore asLiveStore() {
        return (LiveStore) Proxy.newProxyInstance(
                LiveStore.class.getClassLoader(),
                new Class<?>[] {LiveStore.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    void reserves(Reservation answer) {
        reservation = answer;
    }

    /** From now on a hold is gone when it is to be marked. */
    void losesHolds() {
        isHeld = false;
    }

    /** What a question of this name is answered with from now on. */
    void answers(String asked, Object answer) {
        answers.put(asked, answer);
    }

    void isAway(boolean away) {
        isAway = away;
    }

    /** A hold that is given up without a result. */
    record Released(RequestId id) {}

    /** What it was asked to reserve last. */
    Reserve reserved() {
        return last(Reserve.class);
    }

    Settlement settled() {
        return last(Settlement.class);
    }

    /** The calls it was told of that hold nothing any more. */
    List<RequestId> cancelled() {
        return all(RequestId.class);
    }

    /** What slots were given back with, as upstream costs. */
    List<Money> released() {
        return all(Money.class);
    }

    /** Everything of a kind it was told, in order. */
    <T> List<T> all(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private <T> T last(Class<T> type) {
        return all(type).getLast();
    }

    private Object answer(String asked, Object[] arguments) {
        if (asked.equals("reserve")) {
            told.add(arguments[0]);
            return reservation;
        }
        if (isAway) {
            throw new StoreUnavailable("away for the test", null);
        }
        Object answer = answers.get(asked);
        if (answer != null) {
            return answer;
        }
        return switch (asked) {
            case "settle", "orphan", "cancel" -> told.add(arguments[0]);
            case "release" -> told.add(new Released((RequestId) arguments[1]));
            case "releaseSlot" -> told.add(arguments[2]);
            case "sent" -> isHeld;
            default -> throw new UnsupportedOperationException(asked);
        };
    }
}

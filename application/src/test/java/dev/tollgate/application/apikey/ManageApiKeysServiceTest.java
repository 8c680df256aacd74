package dev.tollgate.application.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryUsers;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.money.Money;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManageApiKeysServiceTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Examples.START);

    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryUsers users = new InMemoryUsers(changes);
    private final Ids ids = new TimeOrderedIds(CLOCK, bound -> 0);
    private final List<KeyHolder> pushed = new ArrayList<>();
    private final ManageApiKeys manage = new ManageApiKeysService(
            new InMemoryApiKeys(users, changes), new KeyExamples.PlainDigests(), users, pushed::add, ids, CLOCK);

    @BeforeEach
    void ann_is_there() {
        users.add(Examples.ann());
    }

    @Test
    void other_limits_are_made_known_at_once_and_are_newer_than_those_before() {
        ApiKeyId id = manage.issue(Examples.ann().id(), KeyTerms.unrestricted("laptop"))
                .orElseThrow()
                .key()
                .id();
        manage.change(null, id, terms -> terms);
        assertThat(pushed).isEmpty();

        manage.change(null, id, terms -> limited(terms, Money.ofNanos(5)));
        manage.change(null, id, terms -> limited(terms, Money.ZERO));

        assertThat(pushed)
                .extracting(
                        holder -> holder.key().limitsVersion(),
                        holder -> holder.key().limits().dailyCost())
                .containsExactly(Tuple.tuple(1L, Money.ofNanos(5)), Tuple.tuple(2L, Money.ZERO));
        assertThat(pushed.getLast().user()).isEqualTo(Examples.ann().user());
    }

    private static KeyTerms limited(KeyTerms terms, Money dailyCost) {
        return new KeyTerms(
                terms.name(),
                terms.active(),
                terms.expiry(),
                terms.scope(),
                new KeyLimits(0, 0, 0, 0, dailyCost, Money.ZERO, Money.ZERO),
                terms.multiplier(),
                terms.billingType(),
                terms.boundPackage());
    }
}

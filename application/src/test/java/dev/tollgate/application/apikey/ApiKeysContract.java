package dev.tollgate.application.apikey;

import static dev.tollgate.application.apikey.KeyExamples.ANN;
import static dev.tollgate.application.apikey.KeyExamples.digest;
import static dev.tollgate.application.apikey.KeyExamples.full;
import static dev.tollgate.application.apikey.KeyExamples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of keys does. */
public abstract class ApiKeysContract {
    private static final ApiKeyId FIRST = new ApiKeyId(1);
    private static final StoredKey BARE = stored(2, KeyTerms.unrestricted("bare"));

    protected abstract ApiKeys keys();

    protected abstract Users users();

    @BeforeEach
    void ann_exists() {
        assertThat(users().add(Examples.ann())).isTrue();
    }

    @Test
    void a_key_comes_back_as_it_was_added() {
        keys().add(full(1), digest("one"));
        keys().add(BARE, digest("two"));

        assertThat(keys().find(FIRST)).contains(full(1));
        assertThat(keys().find(BARE.id())).contains(BARE);
        assertThat(keys().find(new ApiKeyId(3))).isEmpty();
    }

    @Test
    void its_holder_is_found_by_the_whole_digest() {
        keys().add(full(1), digest("one"));

        assertThat(keys().holder(digest("one")))
                .contains(new KeyHolder(full(1).key(), Examples.ann().user()));
        assertThat(keys().holder(digest("two"))).isEmpty();
    }

    @Test
    void nobody_holds_a_deleted_key_or_a_deleted_users() {
        keys().add(full(1), digest("one"));
        keys().add(BARE, digest("two"));

        assertThat(keys().remove(FIRST, Examples.START)).isTrue();
        assertThat(keys().remove(FIRST, Examples.START)).isFalse();

        assertThat(keys().find(FIRST)).isEmpty();
        assertThat(keys().holder(digest("one"))).isEmpty();
        assertThat(keys().holder(digest("two"))).isPresent();
        assertThat(users().change(ANN, user -> user.deleted(true, Examples.START)))
                .isPresent();
        assertThat(keys().holder(digest("two"))).isEmpty();
    }

    @Test
    void after_a_rotation_only_the_new_text_is_known() {
        keys().add(BARE, digest("old"));

        assertThat(keys().rotate(BARE.id(), digest("new"), "tg-another", "4444", Examples.START.plusSeconds(1)))
                .contains(
                        new StoredKey(BARE.key(), "tg-another", "4444", Examples.START, Examples.START.plusSeconds(1)));

        assertThat(keys().holder(digest("old"))).isEmpty();
        assertThat(keys().holder(digest("new"))).isPresent();
        assertThat(keys().rotate(new ApiKeyId(9), digest("x"), "tg-x", "xxxx", Examples.START))
                .isEmpty();
    }

    @Test
    void a_digest_can_be_made_anew() {
        keys().add(BARE, digest("by the old pepper"));

        keys().seal(BARE.id(), digest("by the new pepper"));

        assertThat(keys().holder(digest("by the old pepper"))).isEmpty();
        assertThat(keys().holder(digest("by the new pepper"))).isPresent();
    }

    @Test
    void a_change_is_seen_whole_and_leaves_the_digest() {
        keys().add(BARE, digest("one"));
        StoredKey changed = new StoredKey(
                full(2).key(), BARE.keyPrefix(), BARE.last4(), BARE.createdAt(), Examples.START.plusSeconds(5));

        assertThat(keys().change(BARE.id(), stored -> changed)).contains(changed);

        assertThat(keys().find(BARE.id())).contains(changed);
        assertThat(keys().holder(digest("one"))).map(KeyHolder::key).contains(changed.key());
        assertThat(keys().change(new ApiKeyId(9), stored -> stored)).isEmpty();
    }

    @Test
    void the_first_use_is_noted_once() {
        keys().add(full(1), digest("one"));
        Instant first = Examples.START.plusSeconds(10);

        keys().used(FIRST, first);
        keys().used(FIRST, first.plusSeconds(10));

        assertThat(keys().find(FIRST).orElseThrow().key().expiry().firstUsed()).isEqualTo(first);
    }

    @Test
    void lists_a_users_keys_or_all_and_searches_them() {
        keys().add(full(1), digest("one"));
        keys().add(BARE, digest("two"));

        assertThat(keys().list(null, PageQuery.FIRST)).isEqualTo(new Page<>(List.of(BARE, full(1)), 2));
        assertThat(keys().list(ANN, new PageQuery(1, 9, "EVERY", null, false)))
                .isEqualTo(new Page<>(List.of(full(1)), 1));
        assertThat(keys().list(new UserId(99), PageQuery.FIRST).total()).isZero();
    }
}

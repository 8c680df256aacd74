package dev.tollgate.persistence.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.InMemoryApiKeys;
import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.apikey.KeyTerms;
import dev.tollgate.application.apikey.StoredKey;
import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryUsers;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.KeyText;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CaffeineKeyRingTest {
    private static final KeyText TEXT = KeyText.generate(bound -> 7);
    private static final KeyText OTHER = KeyText.generate(bound -> 8);
    private static final ApiKeyId ID = new ApiKeyId(2);

    private final AtomicReference<Instant> now = new AtomicReference<>(Examples.START);
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final InMemoryChanges changes = new InMemoryChanges();
    private final Users users = new InMemoryUsers(changes);
    private final ApiKeys stored = new InMemoryApiKeys(users, changes);
    private final AtomicReference<List<String>> peppers = new AtomicReference<>(List.of("new"));
    private final KeyRing ring = new CaffeineKeyRing(watched(stored), this::digests, changes, now::get, Runnable::run);

    @BeforeEach
    void ann_has_a_key() {
        assertThat(users.add(Examples.ann())).isTrue();
        stored.add(KeyExamples.stored(2, KeyTerms.unrestricted("bare")), digest("new", TEXT));
    }

    @Test
    void asks_once_a_minute() {
        assertThat(ring.find(TEXT.text()))
                .map(KeyHolder::user)
                .contains(Examples.ann().user());
        now.set(now.get().plusSeconds(59));
        assertThat(ring.find(TEXT.text())).isPresent();
        assertThat(lookUps).hasValue(1);

        now.set(now.get().plusSeconds(1));
        assertThat(ring.find(TEXT.text())).isPresent();
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void asks_once_for_a_key_that_does_not_exist_and_never_for_a_text_that_is_none() {
        assertThat(ring.find(OTHER.text())).isEmpty();
        assertThat(ring.find(OTHER.text())).isEmpty();
        assertThat(lookUps).hasValue(1);

        assertThat(ring.find("tg-invented")).isEmpty();
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void sees_an_edit_of_the_key_or_its_user_at_once() {
        assertThat(ring.find(TEXT.text())).isPresent();

        assertThat(users.change(KeyExamples.ANN, user -> user.deleted(true, now.get())))
                .isPresent();
        assertThat(ring.find(TEXT.text())).isEmpty();
        assertThat(users.change(KeyExamples.ANN, user -> user.deleted(false, now.get())))
                .isPresent();
        assertThat(ring.find(TEXT.text())).isPresent();
        assertThat(stored.remove(ID, now.get())).isTrue();
        assertThat(ring.find(TEXT.text())).isEmpty();
    }

    @Test
    void while_the_database_is_away_serves_what_it_knows_for_a_quarter_of_an_hour() {
        assertThat(ring.find(TEXT.text())).isPresent();
        away.set(true);
        changes.confirmedLast(Examples.START);

        now.set(Examples.START.plus(Duration.ofMinutes(15)));
        assertThat(ring.find(TEXT.text())).isPresent();
        assertThatThrownBy(() -> ring.find(OTHER.text())).isInstanceOf(StoreUnavailable.class);

        now.set(Examples.START.plus(Duration.ofMinutes(15)).plusNanos(1));
        assertThatThrownBy(() -> ring.find(TEXT.text())).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void looks_up_no_unknown_key_once_edits_could_not_be_confirmed_for_half_a_minute() {
        changes.confirmedLast(Examples.START);
        now.set(Examples.START.plusSeconds(30));
        assertThat(ring.find(OTHER.text())).isEmpty();
        assertThat(lookUps).hasValue(1);

        now.set(Examples.START.plusSeconds(60));
        assertThatThrownBy(() -> ring.find(OTHER.text())).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> ring.find(TEXT.text())).isInstanceOf(StoreUnavailable.class);
        assertThat(lookUps).hasValue(1);
    }

    @Test
    void notes_the_first_use_of_a_key_whose_days_count_from_it() {
        KeyText text = KeyText.generate(bound -> 9);
        StoredKey full = KeyExamples.full(3);
        stored.add(full, digest("new", text));

        assertThat(ring.find(text.text())).isPresent();
        now.set(now.get().plusSeconds(5));
        assertThat(ring.find(text.text()))
                .map(holder -> holder.key().expiry().firstUsed())
                .contains(Examples.START);
    }

    @Test
    void finds_a_key_by_the_pepper_before_and_digests_it_anew() {
        KeyDigest before = digest("new", TEXT);
        peppers.set(List.of("newer", "new"));

        assertThat(ring.find(TEXT.text())).isPresent();

        assertThat(stored.holder(before)).isEmpty();
        assertThat(stored.holder(digest("newer", TEXT))).isPresent();
    }

    private List<KeyDigest> digests(String text) {
        return peppers.get().stream()
                .map(pepper -> KeyExamples.digest(pepper + text))
                .toList();
    }

    private static KeyDigest digest(String pepper, KeyText text) {
        return KeyExamples.digest(pepper + text.text());
    }

    /** The same keys, counting look-ups by digest and failing while the database is away. */
    private ApiKeys watched(ApiKeys keys) {
        return (ApiKeys) Proxy.newProxyInstance(
                ApiKeys.class.getClassLoader(), new Class<?>[] {ApiKeys.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new StoreUnavailable("away", new IOException("away"));
                    }
                    if (method.getName().equals("holder")) {
                        lookUps.incrementAndGet();
                    }
                    try {
                        return method.invoke(keys, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

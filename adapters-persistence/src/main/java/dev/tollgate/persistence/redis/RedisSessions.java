package dev.tollgate.persistence.redis;

import dev.tollgate.domain.account.AccountId;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which account a session's digest is bound to: {@code account:until}, gone after an hour. */
final class RedisSessions {
    private static final long BOUND_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final RedisConnection redis;
    private final StoreClock clock;

    RedisSessions(RedisConnection redis, StoreClock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** Does not wait: a session whose binding is lost goes to any account. */
    void bind(String digest, AccountId account) {
        byte[] value = Scripts.bytes(account.value() + ":" + (clock.millis() + BOUND_MILLIS));
        var unused = redis.ask(commands -> commands.set(Keys.session(digest), value, SetArgs.Builder.px(BOUND_MILLIS)));
    }

    /** Asks for the account of the strongest session that is bound; a session nobody can tell of binds nothing. */
    CompletionStage<@Nullable AccountId> account(List<String> digests) {
        List<CompletableFuture<byte @Nullable []>> answers = new ArrayList<>();
        for (String digest : digests) {
            answers.add(redis.ask(commands -> commands.get(Keys.session(digest)))
                    .toCompletableFuture()
                    .exceptionally(failure -> null));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> strongest(answers));
    }

    private @Nullable AccountId strongest(List<CompletableFuture<byte @Nullable []>> answers) {
        for (CompletableFuture<byte @Nullable []> answer : answers) {
            byte[] value = answer.join();
            AccountId account = value == null ? null : account(value);
            if (account != null) {
                return account;
            }
        }
        return null;
    }

    private @Nullable AccountId account(byte[] value) {
        String[] parts = new String(value, StandardCharsets.UTF_8).split(":", -1);
        return Long.parseLong(parts[1]) > clock.millis() ? new AccountId(Long.parseLong(parts[0])) : null;
    }
}

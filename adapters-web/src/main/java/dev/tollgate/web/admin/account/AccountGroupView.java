package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.AccountGroup;
import dev.tollgate.domain.account.AccountId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account group as it is shown, with the accounts in it. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record AccountGroupView(
        long id,
        String name,
        @Nullable String platform,
        @Nullable String description,
        List<Long> accountIds) {
    static AccountGroupView from(AccountGroup group, List<AccountId> members) {
        return new AccountGroupView(
                group.id().value(),
                group.name(),
                group.platform(),
                group.description(),
                members.stream().map(AccountId::value).sorted().toList());
    }
}

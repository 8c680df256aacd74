package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.AccountGroup;
import dev.tollgate.application.account.ManageAccountGroups;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.InMemoryPage;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.Paging;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Account groups and who is in them. */
@Controller("/api/admin/account-groups")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountGroupsController {
    private static final String SUBJECT = "account-groups";
    private static final int NAME_LENGTH_MAX = 200;
    private static final int DESCRIPTION_LENGTH_MAX = 1000;
    private static final Map<String, Comparator<AccountGroup>> ORDERS = Map.of(
            "id", Comparator.comparingLong(group -> group.id().value()),
            "name", Comparator.comparing(AccountGroup::name));

    private final ManageAccountGroups groups;

    AccountGroupsController(ManageAccountGroups groups) {
        this.groups = groups;
    }

    @Get
    Envelope<ItemPage<AccountGroupView>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, ORDERS.keySet());
        return ItemPage.of(InMemoryPage.of(groups.all(), query, AccountGroup::name, ORDERS), query, this::view);
    }

    @Get("/{id}")
    Envelope<AccountGroupView> read(long id) {
        return Envelope.of(view(find(id)));
    }

    @Post
    Envelope<AccountGroupView> create(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        JsonBody given = JsonBody.of(body);
        Given<String> name = given.text("name", NAME_LENGTH_MAX).required();
        Given<String> platform = given.text("platform", NAME_LENGTH_MAX);
        Given<String> description = given.text("description", DESCRIPTION_LENGTH_MAX);
        given.check();
        AccountGroupView created = view(groups.create(name.value(), platform.orNull(null), description.orNull(null)));
        OperationNote.leave(request, SUBJECT, created.id(), null, created);
        return Envelope.of(created);
    }

    @Put("/{id}")
    Envelope<AccountGroupView> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        AccountGroup current = find(id);
        JsonBody given = JsonBody.of(body);
        Given<String> name = given.text("name", NAME_LENGTH_MAX).notNull();
        Given<String> platform = given.text("platform", NAME_LENGTH_MAX);
        Given<String> description = given.text("description", DESCRIPTION_LENGTH_MAX);
        given.check();
        AccountGroup changed = new AccountGroup(
                current.id(),
                name.or(current.name()),
                platform.orNull(current.platform()),
                description.orNull(current.description()));
        if (!groups.replace(changed)) {
            throw notFound();
        }
        OperationNote.leave(request, SUBJECT, id, view(current), view(changed));
        return Envelope.of(view(changed));
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        AccountGroupView before = view(find(id));
        switch (groups.remove(new GroupId(id))) {
            case REMOVED -> OperationNote.leave(request, SUBJECT, id, before, null);
            case HAS_MEMBERS -> throw ApiFailure.conflict("accounts are in the group; take them out first");
            case NO_SUCH_GROUP -> throw notFound();
        }
        return Envelope.done();
    }

    @Post("/{id}/accounts")
    Envelope<AccountGroupView> join(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        JsonBody given = JsonBody.of(body);
        Given<Long> account = given.id("account_id").required();
        given.check();
        AccountGroupView before = view(find(id));
        if (!groups.join(new GroupId(id), new AccountId(account.value()))) {
            throw ApiFailure.notFound("account");
        }
        AccountGroupView after = view(find(id));
        OperationNote.leave(request, SUBJECT, id, before, after);
        return Envelope.of(after);
    }

    @Delete("/{id}/accounts/{accountId}")
    Envelope<Object> leave(HttpRequest<?> request, long id, long accountId) {
        AccountGroupView before = view(find(id));
        if (!groups.leave(new GroupId(id), new AccountId(accountId))) {
            throw ApiFailure.notFound("account in this group");
        }
        OperationNote.leave(request, SUBJECT, id, before, view(find(id)));
        return Envelope.done();
    }

    private AccountGroupView view(AccountGroup group) {
        return AccountGroupView.from(group, groups.members(group.id()));
    }

    private AccountGroup find(long id) {
        return groups.find(new GroupId(id)).orElseThrow(AccountGroupsController::notFound);
    }

    private static ApiFailure notFound() {
        return ApiFailure.notFound("account group");
    }
}

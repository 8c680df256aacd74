package dev.tollgate.web.admin.account;

import dev.tollgate.application.account.ManageAccounts;
import dev.tollgate.application.account.RenewToken;
import dev.tollgate.application.account.StoredAccount;
import dev.tollgate.application.identity.Page;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Upstream accounts. */
@Controller("/api/admin/accounts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountsController {
    private static final String SUBJECT = "accounts";
    private static final Map<String, Comparator<StoredAccount>> ORDERS = Map.of(
            "id", Comparator.comparingLong(stored -> stored.account().id().value()),
            "name", Comparator.comparing(stored -> stored.account().name()),
            "type", Comparator.comparing(stored -> stored.account().type().wireName()),
            "priority",
                    Comparator.comparingInt(
                            stored -> stored.account().placement().priority()),
            "created_at", Comparator.comparing(StoredAccount::createdAt));

    private final ManageAccounts accounts;
    private final RenewToken tokens;
    private final AccountViews views;

    AccountsController(ManageAccounts accounts, RenewToken tokens, AccountViews views) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.views = views;
    }

    @Get
    Envelope<ItemPage<AccountView>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, ORDERS.keySet());
        Page<StoredAccount> page = InMemoryPage.of(
                accounts.all(), query, stored -> stored.account().name(), ORDERS);
        Page<AccountView> shown = new Page<>(views.of(page.items()), page.total());
        return ItemPage.of(shown, query, view -> view);
    }

    @Get("/types")
    Envelope<List<TypeView>> types() {
        return Envelope.of(
                Arrays.stream(AccountType.values()).map(TypeView::from).toList());
    }

    @Get("/{id}")
    Envelope<AccountView> read(long id) {
        return Envelope.of(views.of(find(id)));
    }

    @Post
    Envelope<AccountView> create(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        AccountBody given = AccountBody.create(body);
        AccountView created = views.of(done(accounts.create(given.form(), given.newCredentials())));
        OperationNote.leave(request, SUBJECT, created.id(), null, created);
        return Envelope.of(created);
    }

    @Put("/{id}")
    Envelope<AccountView> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        AccountBody given = AccountBody.edit(body);
        AccountView before = views.of(find(id));
        AccountView after = views.of(done(accounts.change(new AccountId(id), given::onto, given.credentials())));
        OperationNote.leave(request, SUBJECT, id, before, after);
        return Envelope.of(after);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        AccountView before = views.of(find(id));
        if (!accounts.remove(new AccountId(id))) {
            throw notFound();
        }
        OperationNote.leave(request, SUBJECT, id, before, null);
        return Envelope.done();
    }

    @Put("/{id}/status")
    Envelope<AccountView> status(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        JsonBody given = JsonBody.of(body);
        Given<Health.Status> status =
                given.choice("status", Health.Status.class).required();
        Given<Instant> until = given.instant("status_until");
        given.check();
        Health health =
                status.value() == Health.Status.VALID ? Health.VALID : new Health(status.value(), until.orNull(null));
        return mended(request, id, accounts.set(new AccountId(id), health));
    }

    @Post("/{id}/recover")
    Envelope<AccountView> recover(HttpRequest<?> request, long id) {
        return mended(request, id, accounts.recover(new AccountId(id)));
    }

    /** Renews an OAuth account's token now; 409 with the reason where that cannot be done. */
    @Post("/{id}/refresh-token")
    Envelope<AccountView> refreshToken(HttpRequest<?> request, long id) {
        StoredAccount before = find(id);
        RenewToken.Renewal renewal = tokens.renew(before.account().id())
                .orElseThrow(() -> ApiFailure.conflict("the account has no OAuth token"));
        if (renewal instanceof RenewToken.Renewal.Failed(String words)) {
            throw ApiFailure.conflict("the token was not renewed: " + words);
        }
        return mended(request, id, accounts.find(before.account().id()));
    }

    private Envelope<AccountView> mended(HttpRequest<?> request, long id, Optional<StoredAccount> changed) {
        AccountView after = views.of(changed.orElseThrow(AccountsController::notFound));
        OperationNote.leave(request, SUBJECT, id, null, after);
        return Envelope.of(after);
    }

    private StoredAccount find(long id) {
        return accounts.find(new AccountId(id)).orElseThrow(AccountsController::notFound);
    }

    private static StoredAccount done(ManageAccounts.Outcome outcome) {
        return switch (outcome) {
            case ManageAccounts.Outcome.Done done -> done.account();
            case ManageAccounts.Outcome.Invalid invalid ->
                throw ApiFailure.invalid(invalid.errors().stream()
                        .map(error -> new Envelope.FieldError(error.field(), error.message()))
                        .toList());
            case ManageAccounts.Outcome.NoSuchAccount none -> throw notFound();
        };
    }

    private static ApiFailure notFound() {
        return ApiFailure.notFound("account");
    }
}
